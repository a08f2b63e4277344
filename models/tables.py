"""The metadata of every table, for migrations and for the test that compares them."""

from models import (
    attachment,
    audit,
    case,
    conversation,
    counting_fact,
    credential,
    deadline,
    equality,
    grant,
    job,
    mailbox,
    outbox,
    place,
    report,
    reporter_event,
    roster,
    session,
    setting,
    support_directory,
    user,
    vault,
    worker_key,
)
from models.base import Base

# Importing a module is what puts its tables into the metadata.
_ = (attachment, audit, case, conversation, counting_fact, credential, deadline, equality, grant, job, mailbox, outbox,
     place, report, reporter_event, roster, session, setting, support_directory, user, vault,
     worker_key)  # fmt: skip
METADATA = Base.metadata
