"""What the poster of a place opens, and the sizes it is printed in."""

from models.vocabulary.word import Word

OPENS: tuple[Word, ...] = (
    Word("choose", "A choice", "Staff and everyone else choose their form. Right for most places."),
    Word("quick", "The quick form for staff", "For places where only staff come, such as a staff room or a theatre."),
    Word("report", "The form for everyone", "For waiting rooms and entrances."),
)
SIZES: tuple[Word, ...] = (Word("a4", "A4"), Word("a5", "A5"))
