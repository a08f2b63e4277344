"""What the team of Northmere does with a report: who owns it, what is written to whom, how and when it ends."""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from app.cli import northmere_replies as said
from app.cli.northmere_clocks import met_day, update_day
from app.cli.northmere_days import TODAY, after, between
from app.cli.northmere_draw import Weighted
from app.cli.northmere_telling import TOWARDS_PUBLIC, Facts

UPDATE_DAYS = 20
FEEDBACK_SENT = 0.91
WROTE_SHARE = 0.189
"""Share of the reachable who wrote again: they always get their feedback, so the others get it a little less often."""
FEEDBACK_OTHERS = (FEEDBACK_SENT - WROTE_SHARE) / (1 - WROTE_SHARE)
CARE_PLAN = frozenset({"lacked", "fluctuating"})
THIRD_OUTCOMES = Weighted(
    behaviour_letter=12, verbal_warning=10.6, no_action_insufficient_information=8.9, police_report=11,
    written_warning=9, exclusion_non_urgent=1.6,
)  # fmt: skip
STAFF_OUTCOMES = Weighted(
    colleague_conversation=11.4, no_action_insufficient_information=8.1, hr_informal=6, hr_investigation=3
)
"""Together with the care plans of patients who are ill: letter or verbal 34, care plan 18, none possible 17, …"""
FINDINGS = {
    "no_action_insufficient_information": Weighted(unable_to_determine=65, information_only=17, not_upheld=18),
    "care_plan_change": Weighted(information_only=65, substantiated=25, partly=10),
}
OTHER_FINDINGS = Weighted(substantiated=63.8, partly=15.7, unable_to_determine=15.3, information_only=5.2)
"""Together: substantiated 46, unable 21, information 18, partly 12, not upheld 3 percent."""
ROUTES = {"police_report": "referred", "hr_informal": "referred", "hr_investigation": "referred",
          "care_plan_change": "local_resolution", "verbal_warning": "local_resolution"}  # fmt: skip
AGREED_SHARE = 0.4
EXCLUDED_AFTER = 6
"""Of the nine reports about the repeat patient, the first that ends with the patient kept away."""


@dataclass(frozen=True)
class DemoStep:
    """One act on one day.

    `reply`, `feedback` and the reporter's `write` have a text; `move` leads to `status`, `end` has a reason.
    """

    day: str
    act: str
    text: str = ""
    status: str = ""
    reason: str = ""


@dataclass
class Story:
    """One case while its steps are being written down; `state` is closed, open, or an open case that is late."""

    random: Random
    received: date
    facts: Facts
    state: str
    steps: list[DemoStep] = field(default_factory=list)
    last_message: date = TODAY

    def act(self, day: date, act: str, text: str = "", status: str = "", reason: str = "") -> None:
        """Write one step down."""
        self.steps.append(DemoStep(day.isoformat(), act, text, status, reason))

    def reply(self, day: date, texts: tuple[str, ...]) -> None:
        """Write a message to the reporter down, never the same twice."""
        sent = {step.text for step in self.steps}
        self.act(day, "reply", self.random.choice([text for text in texts if text not in sent] or texts))
        self.last_message = day


def tell_story(random: Random, received: date, facts: Facts, state: str, ends: str) -> tuple[DemoStep, ...]:
    """Return the steps of one case in the order of their days."""
    story = Story(random, received, facts, state)
    _begin(story, ends)
    if ends:
        _end_early(story, ends)
    elif state == "closed":
        _work_and_close(story)
    else:
        _leave_open(story)
    # A stable order: what is written down first on a day happens first.
    return tuple(sorted(story.steps, key=lambda step: step.day))


def _begin(story: Story, ends: str) -> None:
    random, received, facts = story.random, story.received, story.facts
    public = facts["direction"] in TOWARDS_PUBLIC
    acknowledged = met_day(random, "acknowledge", received)
    checked = received
    if facts["priority"] == "p1":
        checked = met_day(random, "screen", received)
        story.act(checked, "move", status="screened")
    if not ends or ends == "reporter_asked_to_stop":
        story.reply(acknowledged, said.PUBLIC_ACKNOWLEDGEMENTS if public else said.ACKNOWLEDGEMENTS)
        if story.state != "triage_late":
            story.act(max(met_day(random, "triage", received), checked), "triage", status="triaged")
    else:
        story.last_message = acknowledged


def _end_early(story: Story, reason: str) -> None:
    day = story.last_message
    if reason == "not_about_racism":
        story.act(day, "triage", status="triaged")
        story.act(day, "move", status="information_only")
        story.act(day, "feedback", said.ENDS[reason])
        story.act(day, "move", status="feedback_given")
        story.act(day, "move", status="closed")
        return
    if reason == "reporter_asked_to_stop":
        asked = after(max(day, date.fromisoformat(story.steps[-1].day)), story.random.randint(2, 9))
        story.act(asked, "write", said.STOP_ASKED)
        day = after(asked, story.random.randint(1, 3))
    story.act(day, "reply", said.ENDS[reason])
    story.act(day, "end", reason=reason)


def _outcome(story: Story) -> str:
    facts = story.facts
    if facts["pattern"] == "repeat":
        return "exclusion_non_urgent" if int(facts["number"]) >= EXCLUDED_AFTER else "written_warning"
    if facts["capacity"] in CARE_PLAN:
        return "care_plan_change"
    return (STAFF_OUTCOMES if facts["perpetrator"] == "staff" else THIRD_OUTCOMES).draw(story.random)


def _route(story: Story) -> str:
    facts, random = story.facts, story.random
    facts["outcome"] = _outcome(story)
    facts["finding"] = FINDINGS.get(facts["outcome"], OTHER_FINDINGS).draw(random)
    if facts["outcome"] == "no_action_insufficient_information" and facts["finding"] == "information_only":
        return "information_only"
    return ROUTES.get(facts["outcome"], "under_review")


def _routed(story: Story) -> date:
    """Write the choice of a route down, one working day or so after triage, and return its day."""
    triaged = next(step.day for step in story.steps if step.act == "triage")
    day = after(date.fromisoformat(triaged), story.random.randint(0, 2))
    story.facts["route"] = _route(story)
    story.act(day, "move", status=story.facts["route"])
    return day


def _talk(story: Story, until: date) -> None:
    """Write the conversation down: the reporter's second message, its answer, and updates until a day."""
    random = story.random
    if story.facts["mailbox"] == "wrote":
        # Always before the end, so that the last word is ours.
        wrote = after(story.last_message, random.randint(1, max(1, min(8, between(story.last_message, until) - 1))))
        story.act(wrote, "write", random.choice(said.SECONDS))
        answered = after(wrote, random.randint(1, 3))
        if answered < until:
            story.reply(answered, said.ANSWERS)
    day = update_day(random, story.last_message, story.received)
    while day < until:
        story.reply(day, said.UPDATES)
        day = update_day(random, day, story.received)


def _work_and_close(story: Story) -> None:
    random, facts = story.random, story.facts
    routed = _routed(story)
    earliest = after(max(routed, story.last_message), 2)
    closed = min(max(met_day(random, "close", story.received), earliest), after(TODAY, -1))
    _talk(story, closed)
    if facts["route"] != "information_only":
        story.act(after(closed, -1), "move", status="action_agreed")
    if _gets_feedback(story):
        facts["feedback"] = "sent"
        text = f"{said.FINDINGS[facts['finding']]} {random.choice(said.OUTCOMES[facts['outcome']])}"
        story.act(closed, "feedback", f"{text} {random.choice(said.THANKS)}")
    story.act(closed, "move", status="feedback_given")
    story.act(closed, "move", status="closed")


def _gets_feedback(story: Story) -> bool:
    mailbox = story.facts["mailbox"]
    return mailbox == "wrote" or (mailbox == "opened" and story.random.random() < FEEDBACK_OTHERS)


def _leave_open(story: Story) -> None:
    random, facts = story.random, story.facts
    if story.state == "triage_late":
        return
    agreed = after(_routed(story), random.randint(3, 8))
    # Nothing has come of it yet.
    del facts["outcome"], facts["finding"]
    if facts["route"] != "information_only" and agreed < TODAY and random.random() < AGREED_SHARE:
        story.act(agreed, "move", status="action_agreed")
    late = story.state == "update_late"
    _talk_until_today(story, after(TODAY, -UPDATE_DAYS - random.randint(1, 4) if late else -random.randint(1, 12)))


def _talk_until_today(story: Story, last: date) -> None:
    """Write updates down, always in time, the last of them on the day `last`."""
    random = story.random
    while between(story.last_message, last) > UPDATE_DAYS:
        story.reply(after(story.last_message, random.randint(14, 18)), said.UPDATES)
    if story.last_message < last:
        story.reply(last, said.UPDATES)
    if story.facts["mailbox"] == "wrote" and story.state == "open" and story.last_message < after(TODAY, -1):
        story.act(after(story.last_message, 1), "write", random.choice(said.SECONDS))
