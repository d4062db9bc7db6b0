"""The files of the seeds folder, and their lines."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from services.fetcher.addresses import Address, NotAnAddress, parse_address
from shared.address_files import is_address_file, read_lines


@dataclass(frozen=True, slots=True)
class Line:
    """A line with an address: its number from 1, and the parsed address or why it is refused."""

    number: int
    text: str
    address: Address | None
    refusal: str | None = None


def seed_files(folder: Path) -> Iterator[Path]:
    """The files in a seeds folder, and in the folders below it, that list addresses."""
    return (file for file in folder.rglob("*") if is_address_file(file) and file.is_file())


def read_seeds(data: bytes, name: str) -> Iterator[Line]:
    """The lines of a seeds file called `name`, without empty lines and comments (``#``)."""
    return (_read(number, line) for number, line in read_lines(data, name))


def _read(number: int, text: str) -> Line:
    try:
        return Line(number, text, parse_address(text))
    except NotAnAddress as refused:
        return Line(number, text, None, str(refused))
