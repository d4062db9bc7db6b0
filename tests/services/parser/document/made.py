"""Documents for the readers of lists: a text set into the site's markup and read up to where these
readers begin, so that a test of one reader does not run the others.
"""

import json
from collections.abc import Callable
from typing import Any, TypeVar

from services.parser.document.document import Document, Reading, document_of
from services.parser.document.force.effect import read_effect
from services.parser.document.identity.label_block import block_end, read_labels
from services.parser.document.identity.signature import read_signature, signed_until
from services.parser.document.parts.annexes import read_annexes
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
    document = document_of(read_page(page.decode(), URL), URL)
    document = document._replace(label_end=block_end(document))
    labels = read_labels(document)
    signature = read_signature(document)
    document = document._replace(
        page_kind="notice", issued_on=signature.issued_on if signature else None
    )
    annexes = read_annexes(document, signed_until(document, signature))
    document = document._replace(
        annexes=annexes,
        main_end=annexes[0].start if annexes else len(document.body_text),
    )
    effect = read_effect(document, labels)
    return document._replace(
        effective_on=effect.on, effective_at=effect.at, effective_span=effect.span
    )


def labelled(number: int, *, layout: str = "2026", setting: str = "paragraphs") -> Document:
    """One of the labelled notices beside the checkout."""
    lines = [line for line in LABELLED[number]["text"].split("\n")[1:] if line.strip()]
    return notice(lines[0], "\n".join(lines[1:]), layout=layout, setting=setting)


def quotes(document: Document, reading: Reading[T]) -> dict[str, str]:
    """Each field's path and the words that it was read from."""
    return {
        one.field: (document.body_text if one.source == "body_text" else document.title or "")[
            one.start : one.end
        ]
        for one in reading.evidence
    }


def check_evidence(
    document: Document, reading: Reading[T], verbatim: Callable[[T], dict[str, object]]
) -> None:
    """Every value has words behind it, and the fields that `verbatim` names are those words."""
    found = quotes(document, reading)
    assert all(found.values())
    field = reading.evidence[0].field.partition("[")[0] if reading.evidence else ""
    for place, value in enumerate(reading.values):
        for name, text in verbatim(value).items():
            path = f"{field}[{place}].{name}"
            if text is None:
                assert path not in found, path
            else:
                assert " ".join(found[path].split()) == text, path
