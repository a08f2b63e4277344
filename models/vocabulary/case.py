"""How a case stands: status, clocks and audited acts, in the words of the desk."""

from models.vocabulary.word import Word

STATUS: tuple[Word, ...] = (
    Word("received", "Received"),
    Word("screened", "Screened"),
    Word("triaged", "Triaged"),
    Word("information_only", "Information only"),
    Word("local_resolution", "Local resolution"),
    Word("under_review", "Under review"),
    Word("referred", "Referred"),
    Word("action_agreed", "Action agreed"),
    Word("feedback_given", "Feedback given"),
    Word("closed", "Closed"),
    Word("reopened", "Reopened"),
)
STEP: tuple[Word, ...] = (
    Word("screen", "Check for danger"),
    Word("acknowledge", "First reply"),
    Word("triage", "Triage"),
    Word("support", "Offer support"),
    Word("plan", "Agree an action"),
    Word("update", "Update the reporter"),
    Word("close", "Close with feedback"),
    Word("effect", "Check that it worked"),
    Word("check_in_30", "Check-in after 30 days"),
    Word("check_in_90", "Check-in after 90 days"),
)
"""What each clock asks of the team."""
