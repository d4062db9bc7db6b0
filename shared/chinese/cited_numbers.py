"""Document numbers that a text cites, including lists that share an issuer and a year."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import NamedTuple

from shared.chinese.bodies import Body, bodies_before, unlisted
from shared.chinese.cited_number_forms import (
    CALLED,
    CALLS,
    DATED_LISTS,
    DAY_BEFORE,
    DAY_BEHIND,
    ISSUES_ANNOUNCEMENT,
    JOINED,
    LISTS,
    MARKS,
    MEMBERS,
    MORE,
    OF_DAY,
    OF_YEAR,
    ON_A_DAY,
    OURS,
    PUBLISHES,
    UP_TO,
    WITH,
    YEAR_BEFORE,
)
from shared.chinese.dates import find_dates, year_of
from shared.chinese.document_numbers import (
    ISSUES,
    DocumentNumber,
    NumberFound,
    find_numbers,
)
from shared.chinese.form import Found
from shared.chinese.numerals import number
from shared.chinese.sentences import part_start
from shared.chinese.spans import Spans
from shared.chinese.text import Span

# The most mentions of a text, and the most numbers that a range stands for.
_MOST, _MOST_IN_RANGE = 1000, 100
_BY_YEAR = frozenset({"公告", "通告"})


class NumberMention(NamedTuple):
    """A cited number, its span (from the issuers that a list shares) and a doubt about it, if any.
    `own_start` is where the number itself begins in a list.
    """

    number: DocumentNumber
    start: int
    end: int
    own_start: int
    doubt: str | None = None


def find_cited_numbers(folded: str, issuers: tuple[str, ...]) -> list[NumberMention]:
    """All numbers in a folded text, in order. Each member of a list counts: 商务部公告2025年第55号、第56号
    and 商务部2025年第55、56号公告 are two numbers of the same issuer and year. `issuers` are those of the
    citing document, to which 我部 refers.
    """
    if "号" not in folded:
        return []
    mentions = [*islice(_lists(folded), _MOST), *islice(_dated_lists(folded), _MOST)]
    listed = Spans(Span(mention.start, mention.end) for mention in mentions)
    end = 0
    for found in find_numbers(folded):
        if found.start < end or listed.touch(found.start, found.end):
            continue
        mentions += _with_more(folded, _completed(folded, found), listed)
        end = max(end, mentions[-1].end)
        if len(mentions) > _MOST:
            break
    mentions.sort(key=lambda mention: mention.own_start)
    return _with_issuers(folded, mentions, issuers)


def _lists(folded: str) -> Iterator[NumberMention]:
    for match in LISTS.finditer(folded):
        of_year = OF_YEAR.search(folded, max(0, match.start - 8), match.start)
        kind = (of_year and of_year["before"]) or match["after"]
        if of_year is None or kind is None:
            continue
        start = of_year.start
        verb = None if of_year["before"] else ISSUES.search(folded, max(0, start - 6), start)
        bodies = bodies_before(folded, verb.start if verb else start)
        if not bodies:
            bodies = _bodies_that_publish(folded, start)
        names = tuple(body.name for body in bodies)
        begins = bodies[0].start if bodies else start
        yield from _members(folded, match, kind, names, year_of(of_year["year"]), begins)


def _dated_lists(folded: str) -> Iterator[NumberMention]:
    for match in DATED_LISTS.finditer(folded):
        sentence = part_start(folded, match.start)
        days = find_dates(folded, sentence, match.start)
        if not days or (len({day.value.year for day in days}) > 1 and not match["of_year"]):
            continue
        # 商务部于2025年4月4日发布 and 2025年4月4日，商务部发布
        begins = match.span("of_year" if match["of_year"] else "serials")[0]
        verb = ISSUES.search(folded, sentence, begins)
        if verb is None:
            continue
        bodies = bodies_before(folded, verb.start)
        if not bodies:
            words = PUBLISHES.search(folded, sentence, verb.start)
            bodies = bodies_before(folded, words.start if words else verb.start)
        if not bodies:
            continue
        names = tuple(body.name for body in bodies)
        found = _members(
            folded, match, "公告", names, days[-1].value.year, match.span("serials")[0]
        )
        doubt = None if match["of_year"] else "the year is that of its publication"
        yield from (mention._replace(doubt=doubt) for mention in found)


def _members(
    folded: str, match: Found, kind: str, issuers: tuple[str, ...], year: int | None, start: int
) -> list[NumberMention]:
    members: list[NumberMention] = []
    offset = match.span("serials")[0]
    text = match["serials"]
    at = behind = 0
    while at < len(text):
        printed = MEMBERS.match(text, at)
        if printed is None:
            at += 1
            continue
        year = year_of(printed["year"]) if printed["year"] else year
        serial = number(printed["serial"])
        if serial:
            end = offset + printed.end
            mark = MARKS.match(folded, end, match.end)
            if printed.end == len(text):
                end = match.end
            elif mark:
                end = mark.end
            cited = DocumentNumber(issuers, kind, None, year, serial, False)
            member = NumberMention(cited, start, end, offset + printed.start)
            if members and UP_TO.match(text, behind, printed.start):
                members += _between(members[-1], member)
            members.append(member)
        at = behind = printed.end
    return members


def _between(first: NumberMention, last: NumberMention) -> list[NumberMention]:
    """The numbers that 第21号至第23号 leaves out, each printed where the last one is."""
    if first.number._replace(serial=last.number.serial) != last.number:
        return []
    serials = range(
        first.number.serial + 1, min(last.number.serial, first.number.serial + _MOST_IN_RANGE)
    )
    return [last._replace(number=last.number._replace(serial=serial)) for serial in serials]


def _completed(folded: str, found: NumberFound) -> NumberFound:
    """Adds the year before the issuer (2004年商务部令第27号) or before the type (商务部2024年公告第14号)."""
    cited = found.number
    if cited.code is not None or not cited.type:
        return found
    if cited.year is not None:
        return found if cited.issuers else _with_called_issuer(folded, found)
    before = YEAR_BEFORE.search(folded, max(0, found.start - 6), found.start)
    if before is None or cited.counting == "continuous":
        return found
    if cited.issuers:
        return NumberFound(cited._replace(year=year_of(before["year"])), before.start, found.end)
    bodies = bodies_before(folded, before.start)
    if not bodies:
        return found
    names = tuple(body.name for body in bodies)
    return NumberFound(
        cited._replace(year=year_of(before["year"]), issuers=names), bodies[0].start, found.end
    )


def _with_called_issuer(folded: str, found: NumberFound) -> NumberFound:
    """中华人民共和国商务部（以下简称商务部）发布2010年第15号公告, 商务部于4月9日发布公告（2025年第22号公告）."""
    verb = ISSUES.search(folded, max(0, found.start - 6), found.start)
    end = verb.start if verb else found.start
    called = CALLED.search(folded, max(0, end - 60), end)
    bodies = bodies_before(folded, called.start) if called else _bodies_that_publish(folded, end)
    # 商务部发布公告2018年第46号
    bodies = bodies or (bodies_before(folded, end) if verb else [])
    if not bodies:
        return found
    names = tuple(body.name for body in bodies)
    return NumberFound(found.number.with_issuers(names), bodies[0].start, found.end)


def _bodies_that_publish(folded: str, end: int) -> list[Body]:
    announced = ISSUES_ANNOUNCEMENT.search(folded, max(0, end - 60), end)
    if announced is None:
        return []
    words = PUBLISHES.search(folded, max(0, announced.start - 40), announced.start)
    return bodies_before(folded, words.start if words else announced.start)


def _called_bodies(folded: str) -> dict[str, list[Body]]:
    """The short names that a text defines for bodies: 商务部（以下称调查机关）."""
    called: dict[str, list[Body]] = {}
    for match in CALLS.finditer(folded):
        bodies = bodies_before(folded, match.start)
        if bodies:
            called.setdefault(match["alias"], bodies)
    return called


def _bodies_on_a_day(folded: str, end: int) -> list[Body]:
    """商务部于2013年6月27日发布|2013年第36号公告, 工作机制于4月4日和9日分别发布|公告2025年第7号"""
    publication = ON_A_DAY.search(folded, max(0, end - 32), end)
    return bodies_before(folded, publication.start) if publication else []


def _bodies_called(folded: str, end: int, called: dict[str, list[Body]]) -> list[Body]:
    """调查机关发布|2025年第44号公告"""
    verb = ISSUES.search(folded, max(0, end - 6), end)
    stop = verb.start if verb else end
    for alias, bodies in called.items():
        if folded.endswith(alias, 0, stop) and bodies[0].start < stop:
            return [body._replace(start=stop - len(alias), end=stop) for body in bodies]
    return []


def _day_beside(folded: str, mention: NumberMention) -> date | None:
    """The day on which a document was issued that is cited without its year: （2020年9月19日商务部令第7号公布）,
    （外经贸部令第3号，1995年4月4日发布）.
    """
    before = DAY_BEFORE.search(folded, max(0, mention.start - 24), mention.start)
    behind = DAY_BEHIND.match(folded, mention.end, min(len(folded), mention.end + 30))
    day = before or behind
    days = find_dates(folded, day.start, day.end) if day else []
    return days[0].value if days else None


def _with_more(folded: str, found: NumberFound, listed: Spans) -> list[NumberMention]:
    """A number and those that follow it, up to one of another list."""
    mentions = [NumberMention(found.number, found.start, found.end, found.start)]
    base, end = found.number, found.end
    while len(mentions) < 60:
        more = MORE.match(folded, end)
        if more is None or (more["and"] == "，" and not more["ordinal"]):
            break
        if listed.touch(more.start, more.end):
            break
        serial = number(more["serial"])
        if not serial or (base.code is not None and more["type"]):
            break
        year = more["year"] or more["bracketed_year"]
        base = base._replace(serial=serial, year=year_of(year) if year else base.year)
        first = next(group for group in ("year", "ordinal", "serial") if more[group])
        own = more.span(first)[0]
        mention = NumberMention(base, found.start, more.end, own)
        if not more["and"]:
            mentions += _between(mentions[-1], mention)
        mentions.append(mention)
        end = more.end
    return mentions


def _with_issuers(
    folded: str, mentions: list[NumberMention], issuers: tuple[str, ...]
) -> list[NumberMention]:
    """Adds issuers that follow from the context: the number before it in a list, 我部, and 会同."""
    called = _called_bodies(folded)
    read: list[NumberMention] = []
    for mention in mentions:
        cited = mention.number
        if cited.code is None and not cited.issuers:
            before = read[-1] if read else None
            joined = before is not None and JOINED.match(folded, before.end, mention.start)
            of_day = OF_DAY.search(folded, max(0, mention.start - 20), mention.start)
            bodies = bodies_before(folded, of_day.start) if of_day else []
            bodies = bodies or _bodies_called(folded, mention.start, called)
            bodies = bodies or _bodies_on_a_day(folded, mention.start)
            if bodies:
                cited = cited.with_issuers(tuple(body.name for body in bodies))
                mention = mention._replace(start=bodies[0].start, own_start=bodies[0].start)
            elif before is not None and joined and before.number.type == cited.type:
                cited = cited.with_issuers(before.number.issuers)
                mention = mention._replace(doubt=before.doubt)
            elif len(issuers) == 1 and OURS.search(
                folded, max(0, mention.start - 24), mention.start
            ):
                cited = cited.with_issuers(issuers)
            else:
                mention = mention._replace(doubt="printed without its issuer")
        elif cited.type in _BY_YEAR and (
            joint := WITH.search(folded, max(0, mention.start - 4), mention.start)
        ):
            # 商务部会同海关总署发布2017年第40号公告: both issued it.
            leaders = bodies_before(folded, joint.start)
            cited = cited.with_issuers((*(body.name for body in leaders), *cited.issuers))
            if leaders:
                mention = mention._replace(start=leaders[0].start)
        if cited.key is None and cited.issuers:
            day = _day_beside(folded, mention)
            cited = cited.dated(day) if day else cited
        by_ending = unlisted(cited.issuers)
        if by_ending and not mention.doubt:
            mention = mention._replace(doubt=f"{by_ending[0]} is not a known body")
        read.append(mention._replace(number=cited))
    return read
