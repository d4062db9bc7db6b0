"""Endings of the files that are published with documents, those of the Chinese office suites included."""

import re

_OFFICE = "doc docx wps wpt xls xlsx et ett ppt pptx dps pdf ofd rtf"
_TEXT = "csv txt"
_ARCHIVES = "zip rar 7z"
_PICTURES = "jpg jpeg png gif bmp tif tiff webp"

PICTURES: tuple[str, ...] = tuple(_PICTURES.split())
# What no browser shows as a page.
BINARY: tuple[str, ...] = tuple(f"{_OFFICE} {_ARCHIVES} {_PICTURES}".split())


def _any_of(names: str) -> str:
    return f"(?i:{'|'.join(sorted(names.split(), key=len, reverse=True))})"


def _ending(endings: str) -> str:
    return rf"\.{_any_of(endings)}"


# Parts of patterns: the full stop and the ending, in small letters or large.
FILE_ENDING = _ending(f"{_OFFICE} {_TEXT} {_ARCHIVES} {_PICTURES}")
DOCUMENT_ENDING = _ending(f"{_OFFICE} {_TEXT} {_ARCHIVES}")
# PDF版, Word版: the name of a format without a full stop.
FORMAT_NAME = _any_of(f"{_OFFICE} word excel")
_AT_END = re.compile(FILE_ENDING + "$")


def without_ending(name: str) -> str:
    """The name of a file without its ending, if it has one."""
    return _AT_END.sub("", name)
