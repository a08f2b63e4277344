"""The line that posters say in the languages spoken around a trust: the first ten by the 2021 census."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PosterLine:
    """One language: its code, its name in English, and the line in its own script."""

    code: str
    name: str
    text: str
    rtl: bool = False


POSTER_LINES: tuple[PosterLine, ...] = (
    PosterLine("pl", "Polish", "Możesz nam tutaj powiedzieć o rasizmie – w swoim języku."),
    PosterLine("ro", "Romanian", "Aici ne puteți spune despre rasism, în limba dumneavoastră."),
    PosterLine("pa", "Panjabi", "ਤੁਸੀਂ ਇੱਥੇ ਸਾਨੂੰ ਨਸਲਵਾਦ ਬਾਰੇ ਆਪਣੀ ਭਾਸ਼ਾ ਵਿੱਚ ਦੱਸ ਸਕਦੇ ਹੋ।"),
    PosterLine("ur", "Urdu", "آپ یہاں ہمیں نسل پرستی کے بارے میں اپنی زبان میں بتا سکتے ہیں۔", rtl=True),
    PosterLine("pt", "Portuguese", "Pode falar-nos aqui sobre racismo, na sua língua."),
    PosterLine("es", "Spanish", "Aquí puede contarnos sobre el racismo, en su idioma."),
    PosterLine("ar", "Arabic", "يمكنك أن تخبرنا هنا عن العنصرية، بلغتك.", rtl=True),
    PosterLine("bn", "Bengali", "আপনি এখানে আমাদের বর্ণবাদ সম্পর্কে নিজের ভাষায় জানাতে পারেন।"),
    PosterLine("gu", "Gujarati", "તમે અહીં અમને વંશીય ભેદભાવ વિશે તમારી ભાષામાં જણાવી શકો છો."),
    PosterLine("it", "Italian", "Qui può parlarci di razzismo, nella sua lingua."),
)
"""Each says: "You can tell us about racism here, in your language." Drafts until a speaker has checked them."""
