"""What the trust promises to whoever reports, each promise with a code; by it a test checks all but those of people."""

from dataclasses import dataclass

from models.vocabulary.word import N_


@dataclass(frozen=True)
class Promise:
    """One sentence on a page of promise. If it is `CHECKED`, a test named by `code` fails when it is no longer true."""

    code: str
    text: str


NO_ADDRESS = Promise(
    "no_address",
    N_("Your computer. We do not record your login, computer name or IP address with your report."),
)
NETWORK_SEES = Promise(
    "network_sees",
    N_("The trust’s network can see that this computer visited this site, but not what you wrote."),
)
WORDS_POINT = Promise(
    "words_point",
    N_("What you write can point to you if few people were there. You can leave things out."),
)
ANONYMOUS_ACTION = Promise(
    "anonymous_action",
    N_(
        "We may not be able to take formal action against a person on an anonymous report alone, but we can "
        "ask questions, change things, and look for a pattern."
    ),
)
TELL_OTHERS = Promise("tell_others", N_("If someone may be seriously harmed we may have to tell others."))
ONLY_READERS = Promise("only_readers", N_("Only these people can read it:"))
NEVER_GIVEN = Promise(
    "never_given",
    N_("On the form you can tick anyone who should not see your report. They are never given the key."),
)
STAND_INS = Promise(
    "stand_ins",
    N_("Sometimes too few of them are left to read a report. Then these people can read it too:"),
)
STAYS_LOCKED = Promise(
    "stays_locked",
    N_("If nobody is left, your report stays locked. No one person alone can open it."),
)

PROTECTED: tuple[Promise, ...] = (
    Promise("locked", N_("What you write. We lock it when you send it. Only the readers named here have a key.")),
    Promise("no_name", N_("Your name. You do not have to give it.")),
    NO_ADDRESS,
    Promise("no_time", N_("The time. We keep the day your report came, not the hour.")),
    Promise("kept_away", N_("Your choice of readers. Whoever you tick never gets a key to your report.")),
    Promise("receipt_lost", N_("Your receipt code. We do not keep it, so we cannot show it to anybody.")),
)
"""One side of the page: what we protect."""
LIMITS: tuple[Promise, ...] = (
    NETWORK_SEES,
    WORDS_POINT,
    Promise(
        "while_sending",
        N_(
            "While you press Send, our server handles your words before it locks them. Whoever controls it "
            "then could read them."
        ),
    ),
    Promise("readers_remember", N_("A reader can remember or copy what they read.")),
    Promise("receipt_found", N_("Whoever finds your receipt code can read our messages to you.")),
    Promise("court", N_("A court can order a reader to open a report.")),
)
"""The other side: what we cannot protect you from."""
READING: tuple[Promise, ...] = (ONLY_READERS, NEVER_GIVEN, STAND_INS, STAYS_LOCKED)
"""Who can read a report: each is followed by names, or is about them."""
RECORDED: tuple[Promise, ...] = (
    Promise("only_what_you_tell", N_("What you choose to tell us, and the day it came.")),
    Promise("name_only_if", N_("Your name and how to reach you, only if you choose Confidential or Named.")),
)
NOT_RECORDED: tuple[Promise, ...] = (
    Promise("nothing_until_send", N_("Nothing is saved until you press Send.")),
    Promise(
        "no_cookie",
        N_(
            "This site sets no cookie until you enter a receipt code. Then it sets one, which stops working "
            "%(minutes)s minutes after your last click."
        ),
    ),
    Promise("visits", N_("We do not note when you read our reply. This site keeps no list of visits.")),
    Promise("poster_code", N_("The code on a poster fills in the place for you. It is not kept with your report.")),
    Promise("no_other_site", N_("No page here asks another website for anything. Nobody else is told that you came.")),
)
FILES: tuple[Promise, ...] = (
    Promise("hidden_details", N_("We remove hidden details from files, such as where a photo was taken.")),
    Promise(
        "not_scanned",
        N_(
            "Files are checked for viruses where the trust has a scanner. A file that was not checked is "
            "still taken, and its readers are told so."
        ),
    ),
    Promise("faces", N_("A picture can show faces, names on doors or badges. We do not change what it shows.")),
)
"""What happens to files."""
EQUALITY: tuple[Promise, ...] = (
    Promise("one_question", N_("After you send, we ask one question about your ethnic group. You can leave it out.")),
    Promise(
        "counted_apart",
        N_("The answer is counted apart. It is not joined to your report, and nobody who reads your report sees it."),
    ),
)
"""Said while the one question about the reporter is asked."""
BY_PEOPLE: tuple[Promise, ...] = (ANONYMOUS_ACTION, TELL_OTHERS)
"""What people of the trust do or may have to do. Nothing that Heard does can keep or break it, so no test checks it."""
FORM_LIMITS: tuple[Promise, ...] = (NETWORK_SEES, WORDS_POINT, ANONYMOUS_ACTION)
"""What the quick form answers to "Can anyone work out it was me?"."""
CHECKED: tuple[Promise, ...] = (*PROTECTED, *LIMITS, *READING, *RECORDED, *NOT_RECORDED, *FILES, *EQUALITY)
PROMISES: tuple[Promise, ...] = (*CHECKED, *BY_PEOPLE)
