"""A MOFCOM document as the parser reads it: the model that is printed, published and stored.

Names follow GB/T 9704 in English: document number 发文字号, issuer 发文机关, addressee 主送机关,
date of issue 成文日期, annex 附件. Offsets count characters of `Notice.body_text`.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from pydantic import AliasChoices, Field

from shared.value import Value

PageKind = Literal[
    "notice",
    "news",
    "interview",
    "interpretation",
    "law",
    "index",
    "redirect",
    "shell",
    "blocked",
    "error",
]
# Pages that are a document: only they have a number, issuers and a date of their own, and change others.
ACTS: frozenset[PageKind] = frozenset({"notice", "law"})
# Pages that report on documents.
REPORTS: frozenset[PageKind] = frozenset({"news", "interview", "interpretation"})
WITH_TEXT: frozenset[PageKind] = ACTS | REPORTS

Relation = Literal[
    "basis",
    "amends",
    "extends",
    "suspends",
    "resumes",
    "repeals",
    "corrects",
    "explains",
    "mentions",
]

# Whether a text does what a verb says (`shared.chinese.moods`).
Mood = Literal["asserted", "negated", "hypothetical", "reported"]


# Where a trade-remedy case stands by a notice: an investigation is initiated, deposits are to be paid, a price
# undertaking is accepted, a duty is levied or goes on, no duty is, a measure ends.
RemedyStage = Literal["initiation", "deposit", "undertaking", "duty", "none levied", "ended"]


class _Printed(Value):
    """A value that may stand in a picture: `confidence`, from 0 to 1, is then how sure optical character recognition is
    of its least certain words; None for what a page or a file has as text. A recognised value is shown as one and counts
    for nothing (in force, applies, screen) unless the question asks for it: names are misread with a confidence of 0.9.
    """

    confidence: float | None = None


class Cell(Value):
    """A table cell; spans count rows and columns, 1 when none is given."""

    text: str
    row_span: int = 1
    column_span: int = 1


class Table(Value):
    rows: tuple[tuple[Cell, ...], ...]


class Annex(Value):
    """An annex printed in the page."""

    title: str
    text: str


class Attachment(Value):
    """A file that the page links to; `url` is absolute and original, `type` a file extension."""

    name: str
    url: str
    type: str | None = None


class NumberParts(Value):
    """A document number 发文字号 taken apart: a letter or notice has a `code` (商办建函), announcements and
    orders have `type` and `issuers`.

    Numbers are counted in series: by code or by the first issuer and type, anew each year but for a
    few orders. `series` is what one calls it (商务部公告 2025年), `series_key` and `key` are what all
    forms of it and of the number share (商务部2025, 商务部2025-70); they are None where the number is
    printed without an issuer.
    """

    issuers: tuple[str, ...] = ()
    type: str | None = None
    code: str | None = None
    year: int | None = None
    serial: int
    series: str | None = None
    series_key: str | None = None
    key: str | None = None


class Citation(Value):
    """Another document that this one rests on or changes.

    `since` and `until` are instants (+08:00) for relations that change something, the first of the
    change and the first after it: suspended 至2026年11月10日 has the `until` 2026-11-11T00:00+08:00, since
    a day that is named as the last still counts. `until` is open (None) where the text names no
    end.

    What a text says of a document without doing it (不废止, 拟废止, 网传…废止) is `mentions`, and `mood` says in
    which way: negated, hypothetical or reported. A change that this page has no power to make, such as
    the repeal of a ministry's announcement by a county, has `authority` False and the `reason`.

    `object` says what of the document is extended or amended: its measure (反倾销措施的实施期限), or the investigation
    that it opened (调查期限), which leaves in force what is in force; None where the text does not say.
    """

    title: str | None = None
    document_number: str | None = None
    document_number_parts: NumberParts | None = None
    relation: Relation
    clause: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    object: Literal["measure", "investigation"] | None = None
    mood: Mood = "asserted"
    authority: bool = True
    reason: str | None = None


class Deadline(_Printed):
    """A sentence or a table's row that sets a date or a period, and what is due by then."""

    text: str
    due: str
    on: date | None = None


class ListedEntity(_Printed):
    """A person or an organisation that a list notice adds, removes, suspends, resumes, amends.

    Where an entry is amended, the names are those that it has from then on and `former_name` is
    the one that it was listed under. `country` is the full name of the one that the text says they are
    of (等28家美国实体); None where it says none. `effective_on` is the first day of what is done, `until` the
    first instant after a suspension; open (None) where the text names no end.
    """

    list: str
    action: Literal["add", "remove", "suspend", "resume", "amend"]
    name_zh: str | None = None
    name_latin: str | None = None
    former_name: str | None = None
    kind: Literal["person", "organisation"] | None = None
    country: str | None = None
    address: str | None = None
    position: int | None = None
    effective_on: date | None = None
    until: datetime | None = None


class HsCode(Value):
    """A customs code and its role: ``reference`` (参考) or ``scope`` (it defines the item)."""

    code: str
    role: Literal["reference", "scope"]


Direction = Literal["export", "import"]
ItemMeasure = Literal["ban", "denial", "licence"]


class RegulatedItem(_Printed):
    """One of the goods or technologies that a notice bans or has licensed, in one direction, to or from
    one country.

    `measure` is a ``ban`` (禁止), a ``licence`` (管制, 许可, 配额, 限制: only with a licence or within a quota) or a
    ``denial``: licences are refused in principle (原则上不予许可). `destination` is the country concerned, by its full name:
    the one that goods go to, or that they come from where imports are regulated; None for all. `condition`
    is what narrows the measure, in the notice's words: 军事用户或军事用途, 不含粗制品.
    """

    control_code: str | None = None
    name: str
    hs_codes: tuple[HsCode, ...] = ()
    direction: Direction | None = None
    destination: str | None = None
    measure: ItemMeasure | None = None
    condition: str | None = None


class DutyRate(_Printed):
    """A trade-remedy duty or deposit, or a duty on top of the tariff's (加征关税, `measure` additional); `rate` in
    percent of the dutiable value.

    `origin` is the full name of the country or region, 印度尼西亚 where 印尼 is printed.
    `stage` is deposit for what is paid by a preliminary ruling 初步裁定 until the final one, `hs_codes` are
    those under which the notice says that the product falls, digits only.
    `measure` tells anti-dumping 反倾销, countervailing 反补贴 and safeguard 保障措施 apart, since one company may
    have a rate of each. An additional duty is of no company. `since` and `last_day` are days, both in force, as notices print them
    (2017年5月22日至2020年5月21日); `last_day` is open (None) where the text names no end. (`Citation.until` is an
    instant, the first that is not in force.)
    """

    measure: Literal["anti-dumping", "countervailing", "safeguard", "additional"] | None = None
    product: str
    origin: str | None = None
    company_zh: str | None = None
    company_latin: str | None = None
    rate: float
    since: date | None = None
    # Events of 1.1 and before call it `until`.
    last_day: date | None = Field(default=None, validation_alias=AliasChoices("last_day", "until"))
    stage: Literal["deposit", "duty"] | None = None
    hs_codes: tuple[str, ...] = ()


class Undertaking(Value):
    """A company whose price undertaking 价格承诺 a notice accepts: while it keeps it, its exports pay no duty,
    whatever rate the notice has for it or for all others.
    """

    company_zh: str | None = None
    company_latin: str | None = None


EvidenceSource = Literal["body_text", "title", "meta"]


# A page has a hundred of them. They are checked where they come from outside, as all of a notice; what the
# parser makes itself is a plain value, and not a frozen one, which takes three times as long to make.
@dataclass(slots=True, kw_only=True)
class Evidence:
    """Where a value was read: characters `start` to `end` of `source`.

    `field` is the field's name, with an index for lists: ``issuers[3]``. For the source ``meta``,
    `key` names the entry of `Notice.meta`.
    """

    field: str
    source: EvidenceSource
    key: str | None = None
    start: int
    end: int


MarkKind = Literal[
    "verb",
    "document number",
    "title",
    "date",
    "period",
    "percentage",
    "customs code",
    "control code",
    "name",
]


@dataclass(slots=True, kw_only=True)
class Unread:
    """Words that were read for no field and that no rule names as irrelevant: characters `start` to
    `end` of `source`. What stands there may be a value that is missing or wrong.

    A `verb` is one by which documents act (暂停, 废止, 列入), a `name` one of a company or another
    organisation, in Latin letters or in a list.
    """

    kind: MarkKind
    source: EvidenceSource
    start: int
    end: int


class Notice(Value):
    """One page, read. What is not there is None or empty, never guessed."""

    page_kind: PageKind
    layout: str
    layout_confidence: float
    parser_version: int

    # ISO 639-1; a page in another language than Chinese is no act, and may print of which it is a translation.
    language: str = "zh"
    translation_of: str | None = None
    title: str | None = None
    document_number: str | None = None
    document_number_parts: NumberParts | None = None
    document_number_raw: str | None = None
    document_type: str | None = None
    issuers: tuple[str, ...] = ()
    # Persons who sign, as ministers sign orders.
    signatories: tuple[str, ...] = ()
    department: str | None = None
    addressees: tuple[str, ...] = ()
    issued_on: date | None = None
    published_at: datetime | None = None
    effective_on: date | None = None
    effective_at: datetime | None = None
    last_day: date | None = None

    body_text: str = ""
    tables: tuple[Table, ...] = ()
    annexes: tuple[Annex, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    citations: tuple[Citation, ...] = ()
    section_heads: tuple[str, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    listed_entities: tuple[ListedEntity, ...] = ()
    regulated_items: tuple[RegulatedItem, ...] = ()
    duty_rates: tuple[DutyRate, ...] = ()
    undertakings: tuple[Undertaking, ...] = ()
    remedy_stage: RemedyStage | None = None

    source: str | None = None
    column: str | None = None
    index_number: str | None = None
    validity: str | None = None
    redirect_to: str | None = None
    # Why the page is no document, as a constant phrase: `failed include`, `front page`.
    rejection: str | None = None
    meta: dict[str, str] = Field(default={})
    warnings: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    unread: tuple[Unread, ...] = ()
    doubt: bool = False
