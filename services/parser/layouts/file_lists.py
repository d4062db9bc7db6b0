"""Files that a page lists in its scripts: var attachments = [{"name": "附件1.doc", "url": "/upload/1.doc"}]."""

import json
import re
from collections.abc import Iterable, Iterator

from services.parser.layouts.links import DOCUMENT, file_name_of
from shared.chinese.file_endings import DOCUMENT_ENDING

_MAY_LIST = re.compile(DOCUMENT_ENDING + r"\s*\\?[\"']")
# An object of one level, and its texts.
_OBJECT = re.compile(r"\{[^{}]{1,4000}\}")
_PAIR = re.compile(
    r"""["']?(?P<key>\w{1,40})["']?\s*:\s*(?P<quote>["'])(?P<value>[^"'\n]{1,1000})(?P=quote)"""
)
_ADDRESS = re.compile(r"(?:url|path|href|src|link|address)$", re.IGNORECASE)
_NAME = re.compile(r"(?:name|title|label|text)$", re.IGNORECASE)
# A variable of its own: var attachUrl = "/upload/1.pdf".
_VARIABLE = re.compile(
    r"""\b(?P<key>\w*(?:attach|annex|file|fujian|pdf|doc)\w*)\s*=\s*(?P<quote>["'])(?P<value>[^"'\s]{4,500})(?P=quote)""",
    re.IGNORECASE,
)
_LONGEST = 400_000


def listed_files(scripts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The name and the address of each document that scripts list, in order; a name may be empty."""
    for script in scripts:
        if len(script) > _LONGEST or not _MAY_LIST.search(script):
            continue
        # JSON in a string has its quotation marks escaped.
        code = script.replace('\\\\"', '"').replace('\\"', '"').replace("\\/", "/")
        for found in _OBJECT.finditer(code):
            texts = {pair["key"]: _unescaped(pair["value"]) for pair in _PAIR.finditer(found[0])}
            addresses = [text for key, text in texts.items() if _ADDRESS.search(key)]
            names = [text for key, text in texts.items() if _NAME.search(key)]
            address = next((text for text in addresses if _is_document(text)), None)
            if address is None and any(map(DOCUMENT.search, names)):
                address = next(iter(addresses), None)
            if address is not None:
                yield next(iter(names), ""), address
        for variable in _VARIABLE.finditer(code):
            value = _unescaped(variable["value"])
            if "/" in value and _is_document(value):
                yield "", value


def _is_document(address: str) -> bool:
    return bool(DOCUMENT.search(file_name_of(address)))


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    try:
        return str(json.loads(f'"{text}"'))
    except ValueError:
        return text
