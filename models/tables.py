"""The metadata of every table, for migrations and for the test that compares them."""

from models import (
    audit,
    case,
    conversation,
    credential,
    deadline,
    grant,
    mailbox,
    outbox,
    place,
    report,
    reporter_event,
    roster,
    session,
    setting,
    user,
    vault,
)
from models.base import Base

# Importing a module is what puts its tables into the metadata.
_ = (audit, case, conversation, credential, deadline, grant, mailbox, outbox, place, report, reporter_event, roster,
     session, setting, user, vault)  # fmt: skip
METADATA = Base.metadata
