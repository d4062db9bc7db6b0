"""Documents for the tests of single stages: a text set into the site's markup and read up to where the
readers of content begin, so that a test of one reader does not run the others.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from services.parser.document.document import Document, Reading
from services.parser.document.stages import read_stages
from services.parser.layouts.choose import read_page
from testing.corpus import SHARED
from testing.markup import SETTINGS, page_2018, page_2026

T = TypeVar("T")
URL = "https://www.mofcom.gov.cn/zcfb/blgg/art/2025/art_1.html"
_FILE = SHARED / "data/notices/labelled-notices.json"
LABELLED: list[dict[str, Any]] = json.loads(_FILE.read_text("utf-8")) if _FILE.exists() else []


def notice(title: str, text: str, *, layout: str = "2026", setting: str = "paragraphs") -> Document:
    """A text, one paragraph a line, or the HTML of a content block."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    body = text if text.lstrip().startswith("<") else SETTINGS[setting](lines)
    page = (page_2026 if layout == "2026" else page_2018)(title, body)
    document = Document(replace(read_page(page.decode(), URL), kind="notice"), URL)
    read_stages(document, last="remedy")
    return document


def labelled(number: int, *, layout: str = "2026", setting: str = "paragraphs") -> Document:
    """One of the labelled notices beside the checkout."""
    lines = [line for line in LABELLED[number]["text"].split("\n")[1:] if line.strip()]
    return notice(lines[0], "\n".join(lines[1:]), layout=layout, setting=setting)


def quotes(document: Document, reading: Reading[object]) -> dict[str, str]:
    """Each field's path and the words that it was read from."""
    texts = {"body_text": document.body.printed, "title": document.title.printed}
    return {one.field: texts[one.source][one.start : one.end] for one in reading.evidence}


def check_evidence(
    document: Document,
    reading: Reading[tuple[T, ...]],
    verbatim: Callable[[T], dict[str, object]],
) -> None:
    """Every value has words behind it, and the fields that `verbatim` names are those words."""
    found = quotes(document, reading)
    assert all(found.values())
    field = reading.evidence[0].field.partition("[")[0] if reading.evidence else ""
    for place, value in enumerate(reading.value):
        for name, text in verbatim(value).items():
            path = f"{field}[{place}].{name}"
            if text is None:
                assert path not in found, path
            else:
                assert "".join(found[path].split()) == "".join(str(text).split()), path
