"""The lines of a seeds file."""

from dataclasses import dataclass

from services.fetcher.addresses import Address, NotAnAddress, parse_address


@dataclass(frozen=True, slots=True)
class Line:
    """A line with an address: its number from 1, and the parsed address or why it is refused."""

    number: int
    text: str
    address: Address | None
    refusal: str | None = None


def read_seeds(text: str) -> list[Line]:
    """The lines of a seeds file, without empty lines and comments (``#``)."""
    return [
        _read(number, line.strip())
        for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1)
        if line.strip() and not line.lstrip().startswith("#")
    ]


def _read(number: int, text: str) -> Line:
    try:
        return Line(number, text, parse_address(text))
    except NotAnAddress as refused:
        return Line(number, text, None, str(refused))
