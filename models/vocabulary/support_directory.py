"""What the services of the directory are about, and who they are for."""

from models.vocabulary.word import N_, Word

NEED: tuple[Word, ...] = (
    Word("helpline", N_("Someone to talk to")),
    Word("mental_health", N_("Mental health")),
    Word("abuse", N_("Violence and abuse")),
    Word("legal", N_("Your rights")),
    Word("advocacy", N_("Someone to speak up for you")),
    Word("interpreting", N_("An interpreter")),
    Word("faith", N_("Faith and belief")),
    Word("digital", N_("Getting online")),
)
AUDIENCE: tuple[Word, ...] = (
    Word("staff", N_("People who work here")),
    Word("patients", N_("Patients")),
    Word("carers", N_("Carers and families")),
    Word("women", N_("Women")),
    Word("lgbtq", N_("LGBTQ+ people")),
    Word("black", N_("Black people")),
    Word("asian", N_("Asian people")),
    Word("latin_american", N_("Latin American people")),
    Word("jewish", N_("Jewish people")),
    Word("muslim", N_("Muslims")),
    Word("sikh", N_("Sikhs")),
    Word("migrant", N_("People who came from another country")),
    Word("essex", N_("People in Essex")),
)
TAG: tuple[Word, ...] = (*NEED, *AUDIENCE)
"""Every tag of a service."""
