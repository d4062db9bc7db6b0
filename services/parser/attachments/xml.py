"""XML of Office files: parsed without entities, external parts or network, within the limits."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile, ZipInfo

from lxml import etree

from services.parser.attachments.limits import (
    BROKEN_ZIP,
    MOST_MEMBERS,
    MOST_XML,
    Damaged,
    TooLarge,
    Unreadable,
    check_members,
)

# An Office file has a part for each sheet, picture and drawing.
_MOST_PARTS = 20 * MOST_MEMBERS


class Parts:
    """The parts of an Office file."""

    def __init__(self, data: bytes) -> None:
        """Raises Damaged for bytes that are no ZIP file, TooLarge for one that breaks the limits."""
        try:
            self._archive = ZipFile(BytesIO(data))
        except BROKEN_ZIP as error:
            raise Damaged(f"no readable ZIP file: {error}") from error
        check_members(self._archive.infolist(), _MOST_PARTS)
        self._infos: dict[str, ZipInfo] = {info.filename: info for info in self._archive.infolist()}

    @property
    def names(self) -> frozenset[str]:
        """The names of the parts."""
        return frozenset(self._infos)

    def bytes_of(self, name: str) -> bytes:
        """A part, inflated. Raises Damaged, or TooLarge for one that is too large to be read as XML."""
        info = self._infos[name]
        if info.file_size > MOST_XML:
            raise TooLarge(f"{name}: over {MOST_XML} bytes")
        try:
            return self._archive.read(info)
        except BROKEN_ZIP as error:
            raise Damaged(f"{name}: {type(error).__name__}: {error}") from error

    def tree(self, name: str) -> Any:
        """A part as an lxml element. Raises Damaged if it is no XML, TooLarge if it breaks the limits."""
        data = self.bytes_of(name)
        check_entities(data, name)
        try:
            return etree.fromstring(data, parser())
        except etree.XMLSyntaxError as error:
            raise refused(error, name) from error

    def elements(self, name: str) -> Iterator[Any]:
        """The elements of a part at their ends; each is to be cleared by whoever took what it has."""
        data = self.bytes_of(name)
        check_entities(data, name)
        try:
            for _, element in etree.iterparse(
                BytesIO(data), events=("end",), resolve_entities=False, no_network=True
            ):
                yield element
        except etree.XMLSyntaxError as error:
            raise refused(error, name) from error


def parser() -> etree.XMLParser:
    """A parser that resolves no entity and loads nothing."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def check_entities(data: bytes, name: str) -> None:
    """Raise TooLarge for XML that defines entities, which no Office program writes: a few lines of them
    can stand for gigabytes, or for files of this machine.
    """
    if b"<!ENTITY" in data or b"<!\0E\0N\0T\0I\0T\0Y" in data:
        raise TooLarge(f"{name}: it defines entities")


def refused(error: etree.XMLSyntaxError, name: str) -> Unreadable:
    """What an error of the parser means. It stops by itself at 256 elements open at once."""
    text = f"{name}: {error.msg}"
    return TooLarge(text) if "depth" in text.lower() or "huge" in text.lower() else Damaged(text)


def local(tag: object) -> str:
    """The name of an element without its namespace; empty for a comment."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
