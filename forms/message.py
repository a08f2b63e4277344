"""The text of one message, from either side: how long it may be, and the sentences that say what is wrong."""

LONGEST = 5000
EMPTY = "Enter a message"
TOO_LONG = "Your message must be 5,000 characters or fewer"
TOO_LARGE = "Your message is too long for us to keep. Make it shorter, or send it in two parts"
"""For scripts whose letters take three or four bytes: fewer of them fit."""
