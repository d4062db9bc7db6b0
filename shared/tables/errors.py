"""What a format cannot do."""


class FormatMissing(Exception):
    """What writes a format is not installed; the message says how to install it."""


class NotThisFormat(ValueError):
    """The format is of other rows; the message says which."""


class TooManyRows(ValueError):
    """The format cannot hold them all; the message says what to do."""
