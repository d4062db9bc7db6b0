"""Why a text is not an address."""


class NotAnAddress(ValueError):
    """Not an address of a MOFCOM page; the message says what is wrong and what to do."""
