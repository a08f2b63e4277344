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
            Word("white_british", N_("English, Welsh, Scottish, Northern Irish or British")),
            Word("white_irish", N_("Irish")),
            Word("white_gypsy_traveller", N_("Gypsy or Irish Traveller")),
            Word("white_roma", N_("Roma")),
            Word("white_other", N_("Any other White background")),
        ),
    ),
    Heading(
        N_("Mixed or multiple ethnic groups"),
        (
            Word("mixed_white_black_caribbean", N_("White and Black Caribbean")),
            Word("mixed_white_black_african", N_("White and Black African")),
            Word("mixed_white_asian", N_("White and Asian")),
            Word("mixed_other", N_("Any other Mixed or multiple background")),
        ),
    ),
    Heading(
        N_("Asian or Asian British"),
        (
            Word("asian_indian", N_("Indian")),
            Word("asian_pakistani", N_("Pakistani")),
            Word("asian_bangladeshi", N_("Bangladeshi")),
            Word("asian_chinese", N_("Chinese")),
            Word("asian_other", N_("Any other Asian background")),
        ),
    ),
    Heading(
        N_("Black, Black British, Caribbean or African"),
        (
            Word("black_caribbean", N_("Caribbean")),
            Word("black_african", N_("African")),
            Word("black_other", N_("Any other Black background")),
        ),
    ),
    Heading(
        N_("Other ethnic group"),
        (
            Word("other_arab", N_("Arab")),
            Word("other_any", N_("Any other ethnic group")),
        ),
    ),
)
NOT_SAID = Word("prefer_not_to_say", N_("I would rather not say"))
ETHNIC_2021: tuple[Word, ...] = (*(word for heading in ETHNIC_HEADINGS for word in heading.words), NOT_SAID)
"""What may be answered: nineteen groups, or not to say."""
