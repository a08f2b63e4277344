"""The languages of the public pages, in the order in which they are listed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    """One language: its code as `lang` names it, its name in its own script and in English, and how it is written."""

    code: str
    own_name: str
    english_name: str
    direction: str = "ltr"
    day_pattern: str = "d MMMM"
    """How a day without its year is written, in the letters of CLDR."""


ENGLISH = Language("en", "English", "English")
LANGUAGES: tuple[Language, ...] = (
    ENGLISH,
    Language("pl", "Polski", "Polish"),
    Language("ro", "Română", "Romanian"),
    Language("pa", "ਪੰਜਾਬੀ", "Panjabi"),
    Language("ur", "اردو", "Urdu", direction="rtl"),
    Language("pt", "Português", "Portuguese", day_pattern="d 'de' MMMM"),
    Language("es", "Español", "Spanish", day_pattern="d 'de' MMMM"),
    Language("ar", "العربية", "Arabic", direction="rtl"),
    Language("bn", "বাংলা", "Bengali"),
    Language("gu", "ગુજરાતી", "Gujarati"),
    Language("it", "Italiano", "Italian"),
    Language("cy", "Cymraeg", "Welsh"),
)
"""English, the ten main languages after it in the Census of 2021, and Welsh."""

BY_CODE = {language.code: language for language in LANGUAGES}
