"""Who tells us, who it happened to, who did it, how it was reported, and the roles of the desk."""

from models.vocabulary.word import Word

REPORTER_ROLE: tuple[Word, ...] = (
    Word("patient", "Patient"),
    Word("family_carer", "Family, friend or carer"),
    Word("visitor", "Visitor"),
    Word("staff", "I work or train here"),
    Word("volunteer", "Volunteer"),
    Word("not_given", "I would rather not say"),
)
TOLD_BY: tuple[Word, ...] = (
    *REPORTER_ROLE[:3],
    Word("staff", "Works or trains here"),
    REPORTER_ROLE[4],
    Word("not_given", "Not given"),
)
"""`role` as the desk reads it."""

WHO_QUICK: tuple[Word, ...] = (
    Word("me", "Me"),
    Word("colleague", "A colleague"),
    Word("patient", "A patient or carer"),
    Word("several", "More than one person"),
)
WHO: tuple[Word, ...] = (
    Word("me", "Me"),
    Word("cared_for", "Someone I care for"),
    Word("someone_else", "Someone else"),
    Word("several", "More than one person"),
)
TARGET: tuple[Word, ...] = (
    Word("me", "The person who told us"),
    *WHO_QUICK[1:],
    Word("cared_for", "Someone they care for"),
    Word("someone_else", "Someone else"),
)
"""`who` as the desk reads it: "Me" would be the reader."""

CONSENT: tuple[Word, ...] = (
    Word("agree", "Yes, and they agree"),
    Word("know", "They know"),
    Word("no", "No"),
    Word("cannot_ask", "I cannot ask"),
)
AGREED: tuple[Word, ...] = (
    Word("agree", "They know and agree"),
    Word("know", "They know"),
    Word("no", "They do not know"),
    Word("cannot_ask", "They could not be asked"),
)
"""`consent` as the desk reads it."""

BY: tuple[Word, ...] = (
    Word("patient", "A patient"),
    Word("visitor", "A relative, carer or visitor"),
    Word("public", "Someone else from the public"),
    Word("staff", "Someone who works here"),
    Word("unknown", "I do not know"),
)
SOURCE: tuple[Word, ...] = (*BY[:4], Word("unknown", "Not known"))
"""`by` as the desk reads it."""

PRIVACY: tuple[Word, ...] = (
    Word(
        "anonymous",
        "Anonymous",
        "We do not ask who you are. We can still ask you questions, and you can read our reply, using a receipt code.",
    ),
    Word(
        "confidential",
        "Confidential",
        "Only the race equality team sees your name. We share it only if you agree, or if someone may be in danger.",
    ),
    Word("named", "Named", "The people looking into it can know it was you."),
)
GUARDIAN_ONLY = "guardian_only"
READER: tuple[Word, ...] = (
    Word("team", "The race equality team"),
    Word(GUARDIAN_ONLY, "Only the Freedom to Speak Up Guardian and their deputy"),
)
HELP: tuple[Word, ...] = (
    Word("interpreter", "Interpreter"),
    Word("bsl", "BSL"),
    Word("easy_read", "Easy read"),
    Word("large_print", "Large print"),
    Word("call_me", "Call me"),
    Word("none", "No"),
)
INTAKE: tuple[Word, ...] = (
    Word("phone", "By phone"),
    Word("paper", "In person, or on a paper form"),
    Word("champion", "Through a champion"),
    Word("advocate", "Through an advocate"),
)
"""How a report came that somebody else typed in, as they say it. The link of a partner says it for them."""
CAME: tuple[Word, ...] = (
    Word("phone", "Says it came by phone (not checked)"),
    Word("paper", "Says it was told in person, or on a paper form (not checked)"),
    Word("champion", "Says it came through a champion (not checked)"),
    Word("advocate", "Says it came through an advocate (not checked)"),
    Word("partner_code", "Through a community partner (by its link)"),
)
"""The same as the desk reads it: it comes from an address that anybody can type."""
READER_ROLE: tuple[Word, ...] = (
    Word("investigator", "Investigator"),
    Word("lead", "Lead"),
)
"""Who can read reports, and so stands on the public pages, guardians among them: they are listed as one of these."""
ROLES: tuple[Word, ...] = (
    *READER_ROLE,
    Word("director", "Director"),
    Word("assurance", "Assurance"),
    Word("auditor", "Auditor"),
    Word("admin", "Administrator"),
)
