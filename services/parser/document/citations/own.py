"""What a document calls by a title or number and yet does not cite: itself, what it issues, its annexes.

GB/T 9704-2012: a covering document (通知, 公告, 令) issues the text behind it, 现将《…》印发给你们, 现公布《…》,
自…起施行; that text and the 附件 are parts of it.
"""

import re

from services.parser.document.citations.reference import Reference
from services.parser.document.document import Document
from services.parser.document.parts.annexes import announced
from shared.chinese.acts import ISSUE
from shared.chinese.annexes import ANNEX, announced_title, heading_of
from shared.chinese.characters import fold
from shared.chinese.file_endings import FILE_ENDING
from shared.chinese.numerals import TENS
from shared.chinese.sentences import sentence_at
from shared.chinese.text import Span, Text
from shared.chinese.titles import plain_title

_ISSUED_BEFORE = re.compile(
    rf"(?:现|特|决定|予以)(?:予以?|联合|重新|正式|修订)*{ISSUE}(?:实施|施行|执行)?[^，。；《》]{{0,6}}(?:《[^》]*》[^，。；]{{0,8}})*$"
    r"|(?:我部|我们|商务部|会同[^，。；]{0,30})(?:研究)?(?:组织)?(?:制定|制订|编制|修订|起草)(?:了|并[^，。]{0,4})?[^，。；《》]{0,4}$"
)
_NOW = re.compile(r"现(?:将|就)[^。；]{0,160}$")
_ISSUED_BEHIND = re.compile(
    rf"^(?:[^，。；]{{0,60}}?(?<!转){ISSUE}(?:给|如下|实施|施行|，|。|$)"
    rf"|[^。；]{{0,120}}?(?:审议|审核|通过|同意|批准)[^。；]{{0,30}}?，?(?:现|特)(?:予以?)?{ISSUE})"
)
_TITLE_ISSUES = re.compile(rf"(?<!转){ISSUE}(?:实施)?[^，《》]{{0,8}}$")
_ANNEX = re.compile(
    rf"(?:后附|随附|所附|{ANNEX}\s?[\d{TENS}]*\s?[：:.、]?\s?|附后的?|本|见附件\d*的?)\s?$"
)
_HANDED_IN = re.compile(
    r"(?:填写|填报|提交|出具|领取|换发|签发|申领|核发|缮制|递交|换领|交验)(?:的|了)?[^，。；《》]{0,8}$"
)
_DRAFT = re.compile(r"(?:征求意见稿|草案|公开征求意见稿)）?$")
_EXTENSION = re.compile(FILE_ENDING + "$")
_YEAR = re.compile(r"\d{4}年")
_ISSUES = frozenset({"notice", "law"})


def number_key(canonical: str) -> str:
    """A canonical number for comparison: where two forms name the same document (with 公告 under a
    mechanism's name, with 第, with 〔〕), the difference is ignored (issue 5).
    """
    key = canonical.replace("〔", "").replace("〕", "年").replace("第", "")
    return key.replace("工作机制公告", "工作机制")


class OwnPapers:
    """The titles and the number that are the document's own."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._number = number_key(document.document_number) if document.document_number else None
        titles = {annex.title for annex in document.printed_annexes}
        titles |= set(announced(document, document.main_end))
        titles |= {_EXTENSION.sub("", attachment.name) for attachment in document.attachments}
        self._titles = {plain_title(_without_heading(fold(title))) for title in titles if title} | {
            plain_title(document.title.folded)
        }
        title = document.title.folded
        if document.page_kind in _ISSUES:
            self._titles |= {
                plain_title(match["title"])
                for match in re.finditer(r"《(?P<title>[^《》]+)》", title)
                if _TITLE_ISSUES.search(title[: match.start()])
            }
        self._titles.discard("")
        self._annex_lines = _annex_lines(document)

    def holds(self, reference: Reference, text: Text) -> bool:
        """Whether a reference in a text of the document is to the document itself or to what it issues."""
        if reference.number is not None:
            return self._is_number(reference)
        title = plain_title(fold(reference.title or ""))
        folded, in_title = text.folded, text is self._document.title
        here = Span(0, len(folded)) if in_title else sentence_at(folded, reference.start)
        before = folded[max(here.start, reference.start - 200) : reference.start]
        behind = folded[reference.end : min(here.end, reference.end + 260)]
        if _HANDED_IN.search(before) or _ANNEX.search(before) or _DRAFT.search(title):
            return True
        if self._document.page_kind not in _ISSUES:
            return title in self._titles and not in_title
        if title in self._titles:
            return True
        if in_title:
            return bool(_TITLE_ISSUES.search(before)) or not (before.strip() or behind.strip())
        if any(line.start <= reference.start < line.end for line in self._annex_lines):
            return True
        if _ISSUED_BEFORE.search(before):
            return True
        return bool(
            (_NOW.search(before) or "《" not in behind[:1])
            and (_NOW.search(before) or re.search(r"审议|审核|通过|同意|批准", behind))
            and _ISSUED_BEHIND.match(behind)
        )

    def _is_number(self, reference: Reference) -> bool:
        if self._number is None or reference.number is None:
            return False
        key = number_key(reference.number.canonical())
        if key == self._number:
            return True
        number = reference.number
        if number.year is None and number.code is None and number.issuers:
            # A masthead leaves the year out that the title prints: 令 / 第23号.
            return key == _YEAR.sub("", self._number)
        # A label and a masthead leave the issuer out: 公告2018年第47号.
        if number.issuers and number.code is None and number.year is not None:
            # One series counts what a body issues alone and with others: the title may name one
            # issuer of several, or others than the masthead.
            first = number.issuers[0]
            alike = self._number.startswith((first + " ", first + (number.type or "")))
            return (
                alike
                and key.partition(number.type or " ")[2]
                == self._number.partition(number.type or " ")[2]
            )
        return (
            number.code is None
            and not number.issuers
            and (number.type == "令") == ("令" in self._number)
            and self._number.endswith(key.removeprefix(number.type or ""))
        )


def _without_heading(title: str) -> str:
    heading = heading_of(title)
    return heading["title"] if heading and heading.name == "titled" else title


def _annex_lines(document: Document) -> list[Span]:
    """The 附件说明: lines that name the annexes, the numbered ones below the first included."""
    spans: list[Span] = []
    goes_on = False
    for line in document.body.lines:
        title = announced_title(line.bare, goes_on=goes_on)
        goes_on = title is not None and "。" not in title
        if goes_on:
            spans.append(Span(line.start, line.end))
    return spans
