"""What no published attachment is: limits of a file's contents, and the outcomes of one that is not read.

Time and memory are limits of the process that reads (`services/parser/attachment_workers.py`).
"""

import lzma
import zlib
from collections.abc import Iterable
from zipfile import BadZipFile, ZipInfo

from shared.attachment import State

# The fetcher stores no larger body.
MOST_BYTES = 64 * 1024 * 1024
# Bytes of the members of an archive, or of the parts of an Office file, when inflated.
MOST_INFLATED = 256 * 1024 * 1024
# Bytes of one part that is read as XML: its tree needs 10 to 20 times as many.
MOST_XML = 40 * 1024 * 1024
MOST_MEMBERS = 500
# An archive in an archive in an archive: nothing that is published needs more.
MOST_DEPTH = 3
# The longest control list has 700 pages.
MOST_PAGES = 2_000
MOST_CELLS = 300_000

# What `zipfile` ends in on damaged files and members, and on those that are packed as it cannot unpack.
BROKEN_ZIP = (
    BadZipFile,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    lzma.LZMAError,
    zlib.error,
)


class Unreadable(Exception):
    """A file that is not read. `state` says why in a constant phrase, the message in detail."""

    state: State = "damaged"


class Damaged(Unreadable):
    """Bytes that are not what a file of their kind has."""


class Encrypted(Unreadable):
    """A file that opens only with a password."""

    state = "encrypted"


class TooLarge(Unreadable):
    """A file that breaks a limit."""

    state = "too large"


class UnreadKind(Unreadable):
    """A kind that nothing here reads."""

    state = "unread kind"


def check_members(members: Iterable[ZipInfo], most: int) -> None:
    """Raise TooLarge for a ZIP file with more than `most` members, or over 256 MiB when inflated.

    The sizes are those that it states. `zipfile` inflates no more than is stated, so that one that lies is damaged.
    """
    size = 0
    for count, member in enumerate(members, 1):
        size += member.file_size
        if count > most:
            raise TooLarge(f"over {most} members")
        if size > MOST_INFLATED:
            raise TooLarge(f"over {MOST_INFLATED} bytes when inflated")


def check_cells(count: int) -> None:
    """Raise TooLarge for more than `MOST_CELLS` cells."""
    if count > MOST_CELLS:
        raise TooLarge(f"over {MOST_CELLS} cells")
