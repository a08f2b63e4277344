"""Ethnic groups in the words of the harmonised list of 2021, under its five headings."""

from dataclasses import dataclass

from models.vocabulary.word import N_, Word


@dataclass(frozen=True)
class Heading:
    """One of the five headings, with the groups under it."""

    label: str
    words: tuple[Word, ...]


ETHNIC_HEADINGS: tuple[Heading, ...] = (
    Heading(
        N_("White"),
        (
            Word("white_british", "English, Welsh, Scottish, Northern Irish or British"),
            Word("white_irish", "Irish"),
            Word("white_gypsy_traveller", "Gypsy or Irish Traveller"),
            Word("white_roma", "Roma"),
            Word("white_other", "Any other White background"),
        ),
    ),
    Heading(
        N_("Mixed or multiple ethnic groups"),
        (
            Word("mixed_white_black_caribbean", "White and Black Caribbean"),
            Word("mixed_white_black_african", "White and Black African"),
            Word("mixed_white_asian", "White and Asian"),
            Word("mixed_other", "Any other Mixed or multiple background"),
        ),
    ),
    Heading(
        N_("Asian or Asian British"),
        (
            Word("asian_indian", "Indian"),
            Word("asian_pakistani", "Pakistani"),
            Word("asian_bangladeshi", "Bangladeshi"),
            Word("asian_chinese", "Chinese"),
            Word("asian_other", "Any other Asian background"),
        ),
    ),
    Heading(
        N_("Black, Black British, Caribbean or African"),
        (
            Word("black_caribbean", "Caribbean"),
            Word("black_african", "African"),
            Word("black_other", "Any other Black background"),
        ),
    ),
    Heading(
        N_("Other ethnic group"),
        (
            Word("other_arab", "Arab"),
            Word("other_any", "Any other ethnic group"),
        ),
    ),
)
NOT_SAID = Word("prefer_not_to_say", "I would rather not say")
ETHNIC_2021: tuple[Word, ...] = (*(word for heading in ETHNIC_HEADINGS for word in heading.words), NOT_SAID)
"""What may be answered: nineteen groups, or not to say."""
