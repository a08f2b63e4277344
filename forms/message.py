"""The text of one message, from either side: how long it may be, and the sentences that say what is wrong."""

from models.vocabulary.word import N_

LONGEST = 5000
EMPTY = N_("Enter a message")
TOO_LONG = N_("Your message must be 5,000 characters or fewer")
TOO_LARGE = N_("Your message is too long for us to keep. Make it shorter, or send it in two parts")
"""For scripts whose letters take three or four bytes: fewer of them fit."""
