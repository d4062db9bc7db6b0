"""How much is asked at once."""

# Characters of a text that is verified, and documents that it may cite.
LONGEST_TEXT = 100_000
MOST_MENTIONS = 500
