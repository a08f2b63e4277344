"""Who it happened to, who did it, how it was reported, and the roles of the desk."""

from models.vocabulary.word import Word

WHO_QUICK: tuple[Word, ...] = (
    Word("me", "Me"),
    Word("colleague", "A colleague"),
    Word("patient", "A patient or carer"),
    Word("several", "More than one person"),
)
WHO: tuple[Word, ...] = (
    *WHO_QUICK,
    Word("cared_for", "Someone I care for"),
    Word("someone_else", "Someone else"),
)
TARGET: tuple[Word, ...] = (
    Word("me", "The person who told us"),
    *WHO_QUICK[1:],
    Word("cared_for", "Someone they care for"),
    Word("someone_else", "Someone else"),
)
"""`who` as the desk reads it: "Me" would be the reader."""

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
HELP: tuple[Word, ...] = (
    Word("interpreter", "Interpreter"),
    Word("bsl", "BSL"),
    Word("easy_read", "Easy read"),
    Word("large_print", "Large print"),
    Word("call_me", "Call me"),
    Word("none", "No"),
)
ROLES: tuple[Word, ...] = (
    Word("investigator", "Investigator"),
    Word("lead", "Lead"),
    Word("guardian", "Freedom to Speak Up Guardian"),
    Word("director", "Director"),
    Word("assurance", "Assurance"),
    Word("auditor", "Auditor"),
    Word("admin", "Administrator"),
)
