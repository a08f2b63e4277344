"""The pages of promise say what is true of this trust."""

from app.services.roster import current_roster, may_read
from app.services.setting import change_setting
from tests.fixtures.pages import Visitor
from tests.service.desk import DeskTrust


def test_the_privacy_page_and_the_form_name_everybody_who_may_come_to_read(reporter: Visitor, trust: DeskTrust) -> None:
    with trust.public() as work:
        entries = [entry for entry in current_roster(work).entries if may_read(entry, trust.today, None)]
        names = {entry.user_id.hex(): f"Reader number {place}" for place, entry in enumerate(entries)}
        change_setting(work, "reader_names", names)
    privacy, form = reporter.get("/privacy").words, reporter.get("/quick").words
    assert any(entry.fallback for entry in entries)
    for name in names.values():
        assert name in privacy
        assert name in form
    assert "No one person alone can open it." in privacy
