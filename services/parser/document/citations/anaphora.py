"""Documents that are named in one sentence and changed in another, by other words.

An answer of the spokesman (2025-08-12) tells that the ministry 于2025年4月4日和9日分别发布了第21号和22号公告, and
then suspends 上述相关措施 for those listed on the one day and ends 相关措施 for those of the other. An
announcement that prolongs an anti-dumping investigation tells by which announcement it was opened,
and prolongs 本案的调查期限.
"""

import re
from collections.abc import Sequence
from datetime import date

from services.parser.document.citations.related import Related
from shared.chinese.dates import DAY, MONTH_DAY, calendar_day, find_dates, nearest_day
from shared.chinese.sentences import sentence_at
from shared.chinese.text import Span
from shared.notice import Relation

_MEASURES = re.compile(
    r"(?P<verb>(?:继续)?(?:暂停|中止)|停止(?:执行|实施)?|恢复(?:执行|实施))[^，。；《》]{0,12}(?:上述|相关|有关)[^，。；《》]{0,8}措施"
)
_DAY = re.compile(rf"(?<![\d年]){MONTH_DAY}")
_SHARED_DAY = re.compile(rf"(?P<first>{DAY})(?:、|和|及)(?P<second>\d{{1,2}})日")
_PROLONGED = re.compile(
    r"(?P<verb>延长)[^，。；]{0,20}?(?:调查|复审)[^，。；]{0,6}期限|(?:调查|复审)[^，。；]{0,6}期限(?P<verb2>延长)"
)
_ABOVE_VERBS: tuple[tuple[str, Relation], ...] = (
    ("恢复", "resumes"),
    ("暂停", "suspends"),
    ("中止", "suspends"),
    ("废止", "repeals"),
    ("停止", "repeals"),
)
_ABOVE_VERB = r"(?:恢复|暂停|停止)(?:实施|执行|施行)|中止(?:实施|执行)|废止"
_ABOVE = r"(?:上述|前述|该|原)(?P<{0}>公告|通知|办法|决定|规定|令)"
_CHANGES_ABOVE = re.compile(
    rf"(?P<verb>{_ABOVE_VERB})(?P<above>{_ABOVE.format('kind')})"
    rf"|(?P<above2>{_ABOVE.format('kind2')})[^，。；：《》]{{0,40}}?(?P<verb2>{_ABOVE_VERB})(?=[。；，至到]|$)"
)
_OPENED = re.compile(r"立案|发起[^，。；]{0,20}(?:调查|复审)|进行[^，。；]{0,80}(?:调查|复审)")


def resolve(
    folded: str, related: Sequence[Related], kind: str, near: date | None
) -> tuple[list[Related], list[str]]:
    """The relations again, with those that other words carry, and what could not be resolved."""
    read, warnings = list(related), []
    if kind == "interview":
        warnings = _measures(folded, read, near)
    elif kind == "notice":
        _prolonged(folded, read)
        read = sorted([*read, *_above(folded, read)], key=lambda one: one.reference.start)
    return read, warnings


def _measures(folded: str, read: list[Related], near: date | None) -> list[str]:
    warnings: list[str] = []
    told = [
        (place, one)
        for place, one in enumerate(read)
        if one.relation == "mentions" and one.told and one.reference.number is not None
    ]
    days = _days(folded, told, near)
    for match in _MEASURES.finditer(folded):
        here = sentence_at(folded, match.start())
        first = max(here.start, folded.rfind("；", here.start, match.start()) + 1)
        stop = folded.find("；", match.end(), here.end)
        part = Span(first, stop if stop != -1 else here.end)
        if any(part.start <= one.reference.start < part.end for one in read):
            continue
        known = [(place, one) for place, one in told if one.reference.start < part.start]
        named = [
            day
            for day, start in _dates(folded, part.start, match.start(), near)
            if not folded[max(0, start - 2) : start].rstrip().endswith(("自", "从"))
        ]
        if named:
            known = [(place, one) for place, one in known if days.get(place) in named]
        if not known:
            warnings.append(f"citations: {match.group()} names no document")
            continue
        verb = match["verb"]
        relation: Relation = "suspends"
        if verb.startswith(("恢复", "停止")):
            relation = "resumes" if "恢复" in verb else "repeals"
        for place, one in known:
            read[place] = one._replace(
                relation=relation,
                verb=Span(*match.span("verb")),
                span=Span(match.start(), match.end()),
                lead=here,
                verb_text=verb,
            )
    return warnings


def _dates(folded: str, start: int, end: int, near: date | None) -> list[tuple[date, int]]:
    found = [(day.value, day.start) for day in find_dates(folded, start, end)]
    for match in _DAY.finditer(folded, start, end):
        day = nearest_day(int(match["month"]), int(match["day"]), near)
        if day is not None:
            found.append((day, match.start()))
    return sorted(found, key=lambda one: one[1])


def _days(folded: str, told: list[tuple[int, Related]], near: date | None) -> dict[int, date]:
    """On which day each told document was published: 于4月4日和9日分别发布了第21号和22号公告 gives the first
    the first day and the second the second, one day before them gives it to all.
    """
    days: dict[int, date] = {}
    by_sentence: dict[Span, list[tuple[int, Related]]] = {}
    for place, one in told:
        by_sentence.setdefault(sentence_at(folded, one.reference.start), []).append((place, one))
    for here, group in by_sentence.items():
        start = min(one.reference.start for _, one in group)
        found = [day for day, _ in _dates(folded, here.start, start, near)]
        shared = _SHARED_DAY.search(folded, here.start, start)
        if shared and len(found) == 1:
            found.append(_same_month(found[0], int(shared["second"])))
        if len(found) == len(group):
            days.update({place: day for (place, _), day in zip(group, found, strict=True)})
        elif len(found) == 1:
            days.update({place: found[0] for place, _ in group})
    return days


def _same_month(day: date, number: int) -> date:
    return calendar_day(day.year, day.month, number) or day


def _above(folded: str, read: Sequence[Related]) -> list[Related]:
    """暂停执行上述公告第二款: the one announcement that the text has named before is changed."""
    found: list[Related] = []
    for match in _CHANGES_ABOVE.finditer(folded):
        group = "verb" if match["verb"] else "verb2"
        kind = match["kind"] or match["kind2"]
        named = [
            one
            for one in read
            if one.reference.start < match.start() and _is_a(one, kind) and one.relation != "basis"
        ]
        if len({one.reference.number or one.reference.title for one in named}) != 1:
            continue
        start, end = match.span("above" if match["verb"] else "above2")
        verb = match[group]
        relation = next(relation for word, relation in _ABOVE_VERBS if word in verb)
        found.append(
            Related(
                named[-1].reference._replace(start=start, end=end, alias=None),
                relation,
                Span(*match.span(group)),
                verb_text=verb,
            )
        )
    return found


def _is_a(one: Related, kind: str) -> bool:
    number = one.reference.number
    if number is not None and number.code is None:
        return number.type == kind
    return bool(one.reference.title and one.reference.title.endswith(kind))


def _told(folded: str, prolonged: re.Match[str], read: Sequence[Related]) -> bool:
    """发布2025年第44号公告，决定将本案的调查期限延长至…: that announcement prolonged it."""
    here = sentence_at(folded, prolonged.start())
    return any(
        one.told
        and one.reference.number
        and here.start <= one.reference.start < prolonged.start()
        and not _OPENED.search(folded, one.reference.end, prolonged.start())
        for one in read
    )


def _prolonged(folded: str, read: list[Related]) -> None:
    """The one announcement that opened the investigation is what a prolongation extends."""
    match = next((one for one in _PROLONGED.finditer(folded) if not _told(folded, one, read)), None)
    if match is None:
        return
    opened = [
        place
        for place, one in enumerate(read)
        if one.told
        and one.reference.number is not None
        and _OPENED.search(folded, one.reference.end, sentence_at(folded, one.reference.start).end)
    ]
    if len({read[place].reference.number for place in opened}) != 1:
        return
    group = "verb" if match["verb"] else "verb2"
    here = sentence_at(folded, match.start())
    for place in opened:
        read[place] = read[place]._replace(
            relation="extends",
            verb=Span(*match.span(group)),
            span=Span(match.start(), match.end()),
            lead=here,
            verb_text="延长",
        )
