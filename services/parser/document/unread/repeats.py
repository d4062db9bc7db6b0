"""Marks that say once more what was read elsewhere: the notice's own number in its masthead, its date in
the label block, a statute that was cited before.
"""

from collections.abc import Hashable, Iterable, Sequence
from datetime import date

from services.parser.document.document import Document
from services.parser.document.unread.marks import ACTS, Mark
from shared.chinese.acts import PUBLISH
from shared.chinese.characters import fold, squeeze
from shared.chinese.dates import find_dates
from shared.chinese.document_numbers import year_and_serial
from shared.chinese.form import Form, Forms
from shared.chinese.text import Text
from shared.chinese.titles import is_generic, plain_title

# Where the day of issue is printed beside the signature.
_BEFORE_DAY = Forms(
    Form(
        "label",
        r"(?:日期|时间)[】〕：]\s?$",
        yes=("【发文日期】", "发布日期：\t"),
        no=("日期为",),
    ),
    Form("alone", r"(?:^|\n)\s?（?$", yes=("名单\n（",), no=("名单（",)),
    Form("bracket", r"（$", yes=("管控名单（",)),
)
_BEHIND_DAY = Forms(
    Form("alone", r"(?:\s\d\d：\d\d(?:：\d\d)?)?）?(?:\n|$)", yes=("）\n", " 08：00\n")),
    Form("label", r"\s?(?=【)", yes=("【实施日期】",)),
    Form(
        "published",
        rf"[^，。；\n]{{0,40}}(?:{PUBLISH}|通过)(?:[，。）\s]|$)",
        yes=("中华人民共和国外交部令第5号公布，",),
        no=("国务院发布的《办法》",),
    ),
    Form("space", r"\s", yes=("\t实施日期",)),
    anchored=True,
)
# A verb whose object stands further down, where it was read.
_LEADS = Forms(
    Form(
        "below",
        r"[^，。；：\n]{0,24}(?:见附件|附后)",
        yes=("3件规范性文件（目录见附件）",),
        no=("商务部公告2020年第5号",),
    ),
    Form(
        "below",
        r"(?:[。，](?:现将)?(?:有关|具体)(?:事项|规定|要求)|：\n)",
        yes=("。有关事项公告如下", "：\n一、"),
        no=("，对乙物实施出口管制",),
    ),
    anchored=True,
)
# A shorter line is no title.
_TITLE = 6


class Repeats:
    """What was read of a document, to tell whether a mark repeats it."""

    def __init__(
        self,
        document: Document,
        read: Sequence[Mark],
        effects: Iterable[Mark],
        title: Sequence[Mark],
    ) -> None:
        """`read` are the marks of the text that stand in evidence, `effects` those of them that say from
        when, `title` those of the title.
        """
        self._folded = document.body.folded
        self._body = document.body
        self._title = document.title.bare
        body, heading = document.body, document.title
        self._keys = {(mark.sort, _key(body, mark)) for mark in read}
        self._keys |= {(mark.sort, _key(heading, mark)) for mark in title}
        # What the title does the text does once more: it is taken away when it is found.
        self._acts = {mark.sort for mark in title if mark.sort in ACTS}
        # Where the last verb of each family was read.
        self._last = {mark.sort: mark.start for mark in read if mark.sort in ACTS}
        # 2C902 heads 2C902.a and 2C902.b.
        self._keys |= {
            (mark.sort, squeeze(self._folded[mark.start : mark.end]).partition(".")[0])
            for mark in read
            if mark.sort == "control code"
        }
        if own := document.full_number:
            self._keys |= {("document number", (year, own.serial)) for year in (own.year, None)}
        names = [annex.title for annex in document.printed_annexes]
        names += [attachment.name for attachment in document.attachments]
        self._own = "\n".join(plain_title(fold(name)) for name in (document.title.raw, *names))
        self._effects = {document.effective_on, *map(self._day, effects)}
        self._days = self._effects | {document.issued_on, document.published_on}

    def has(self, mark: Mark) -> bool:
        """Whether a mark says what was read elsewhere; of a verb that the title has, once."""
        if mark.sort == "date":
            return self._has_day(mark)
        if mark.sort in ACTS and (
            self._is_in_title(mark) or self._is_of_title(mark) or self._leads(mark)
        ):
            return True
        key = _key(self._body, mark)
        if key is None:
            return False
        if mark.sort == "title" and isinstance(key, str):
            return is_generic(key) or key in self._own or (mark.sort, key) in self._keys
        return (mark.sort, key) in self._keys

    def _has_day(self, mark: Mark) -> bool:
        day = self._day(mark)
        if day is None:
            return False
        if self._folded[mark.start - 1 : mark.start] == "自":
            return day in self._effects
        before = _BEFORE_DAY.search(self._folded, max(0, mark.start - 8), mark.start)
        behind = _BEHIND_DAY.match(self._folded, mark.end)
        return before is not None and behind is not None and day in self._days

    def _day(self, mark: Mark) -> date | None:
        found = find_dates(self._folded, mark.start, mark.end)
        return found[0].value if found else None

    def _is_in_title(self, mark: Mark) -> bool:
        """Whether a verb stands in a line that prints the title, or its end, once more."""
        line = self._body.line_at(mark.start)
        return line is not None and len(line.bare) >= _TITLE and self._title.endswith(line.bare)

    def _is_of_title(self, mark: Mark) -> bool:
        if mark.sort not in self._acts:
            return False
        self._acts.discard(mark.sort)
        return True

    def _leads(self, mark: Mark) -> bool:
        """决定废止3件规范性文件（目录见附件）, 决定对下列物项实施出口管制：: what was read stands below."""
        sorts = _SAME.get(mark.sort, {mark.sort})
        below = any(self._last.get(sort, -1) > mark.start for sort in sorts)
        return below and _LEADS.match(self._folded, mark.end) is not None


# Goods are controlled, and must not be exported without a licence: 实施出口管制：一、未经许可不得出口.
_SAME = {"control": frozenset({"control", "forbid"})}


def _key(text: Text, mark: Mark) -> Hashable:
    """What marks that say one thing share; None for marks of which each counts for itself."""
    words = text.folded[mark.start : mark.end]
    match mark.sort:
        case "document number":
            return year_and_serial(words)
        case "title":
            return plain_title(text.raw[mark.start : mark.end])
        case "control code" | "customs code" | "organisation" | "latin name":
            return squeeze(words)
        # One duty is named many times: 二、征收反倾销税, 对各公司征收的反倾销税税率如下.
        case "levy" if words.endswith("税"):
            return words
    return None
