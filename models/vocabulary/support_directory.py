"""What the services of the directory are about, and who they are for."""

from models.vocabulary.word import Word

NEED: tuple[Word, ...] = (
    Word("helpline", "Someone to talk to"),
    Word("mental_health", "Mental health"),
    Word("abuse", "Violence and abuse"),
    Word("legal", "Your rights"),
    Word("advocacy", "Someone to speak up for you"),
    Word("interpreting", "An interpreter"),
    Word("faith", "Faith and belief"),
    Word("digital", "Getting online"),
)
AUDIENCE: tuple[Word, ...] = (
    Word("staff", "People who work here"),
    Word("patients", "Patients"),
    Word("carers", "Carers and families"),
    Word("women", "Women"),
    Word("lgbtq", "LGBTQ+ people"),
    Word("black", "Black people"),
    Word("asian", "Asian people"),
    Word("latin_american", "Latin American people"),
    Word("jewish", "Jewish people"),
    Word("muslim", "Muslims"),
    Word("sikh", "Sikhs"),
    Word("migrant", "People who came from another country"),
    Word("essex", "People in Essex"),
)
TAG: tuple[Word, ...] = (*NEED, *AUDIENCE)
"""Every tag of a service."""
