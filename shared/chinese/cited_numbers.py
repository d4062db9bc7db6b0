"""Document numbers that a text cites, including lists that share an issuer and a year."""

import re
from datetime import date
from typing import NamedTuple

from shared.chinese.acts import ISSUE, ISSUED
from shared.chinese.bodies import Body, bodies_before, unlisted
from shared.chinese.dates import DATE, DAY, YEAR, find_dates, year_of
from shared.chinese.document_numbers import (
    SERIAL,
    TYPE,
    DocumentNumber,
    NumberFound,
    find_numbers,
)
from shared.chinese.form import Form, Forms, Found
from shared.chinese.numerals import number
from shared.chinese.sentences import part_start

_MOST = 1000
# … and a range of numbers.
_MOST_MEANT = 100
_AND = r"(?:、|，|以及|和|及|与|或)"
_TO = r"(?:至|到|—|-|~)"
_NEXT = rf"(?:\s?号)?\s?{TYPE}?\s?(?:{_AND}|{_TO})\s?(?:{YEAR}\s?年\s?)?第?\s?{SERIAL}"
# (Python is fast at finding a pattern that begins with a literal: the year is matched backwards.)
_LISTS = Forms(
    Form(
        "list",
        rf"年\s?(?P<serials>第\s?{SERIAL}(?:{_NEXT}){{1,40}})\s?号\s?(?P<after>{TYPE})?",
        yes=(
            "2025年第55、56、57号公告",
            "公告2025年第55、56号",
            "2014年第8号和第9号公告",
            "2025年第55至58号公告",
        ),
        no=("2025年第55号公告",),
    )
)
_OF_YEAR = re.compile(rf"(?P<before>{TYPE})?\s?(?P<year>{YEAR})\s?$")
# The year is that of the day of publication.
_DATED_LISTS = Forms(
    Form(
        "list",
        rf"布了?\s?(?P<of_year>年度)?(?P<serials>第\s?{SERIAL}(?:{_NEXT}){{0,9}})\s?号\s?(?P<after>公告)",
        yes=(
            "于2025年4月4日和9日分别发布了第21号和22号公告",
            "2020年5月30日，商务部发布年度第15号公告",
        ),
        no=("发布第21号令",),
    )
)
_MEMBER = re.compile(
    rf"(?:(?P<year>{YEAR})\s?年\s?)?第?\s?(?P<serial>{SERIAL})(?=\s?号|\s?{_AND}|\s?{_TO}|$)"
)
_UP_TO = re.compile(rf"\s?号?\s?{_TO}\s?")
# A further number behind one.
_MORE = Forms(
    Form(
        "more",
        rf"\s?(?:（[^（）\n]{{2,60}}）)?\s?(?P<and>{_AND}|{_TO})\s?"
        rf"(?:(?P<year>{YEAR})\s?年\s?|〔(?P<bracketed_year>{YEAR})〕\s?)?(?P<ordinal>第)?\s?(?P<serial>{SERIAL})"
        rf"\s?号(?P<type>{TYPE})?(?!\s?[楼院室馆门路街])",
        yes=("、第56号", "、〔2022〕5号", "（关于某事）和2024年第3号公告", "至第58号"),
        no=("、56号楼",),
    )
)
_MARK = re.compile(r"\s?号")
_YEAR_BEFORE = re.compile(rf"(?P<year>{YEAR})\s?年\s?$")
_VERB = re.compile(rf"{ISSUED}\s?$")
_CALLED = re.compile(r"（以下(?:统)?(?:简)?称[^（）]{1,30}）\s?$")
_CALLS = re.compile(r"（以下(?:统)?(?:简)?称(?:为)?[“\"]?(?P<alias>[^（）“”\"，]{2,10})[”\"]?）")
_ANNOUNCED = re.compile(rf"{ISSUED}公告（\s?$")
_OURS = re.compile(rf"(?:我部|本部)(?:于[^，。；\n]{{4,14}})?{ISSUE}?的?\s?$")
_WITH = re.compile(r"会同\s?$")
# 不可靠实体清单工作机制2025年4月4日公告（〔2025〕7号）、4月9日公告（〔2025〕8号）
_OF_DAY = re.compile(rf"{DAY}(?:的|{ISSUE}的?)?\s?$")
_ON_A_DAY = re.compile(
    rf"(?:(?:于|在)\s?{DAY}(?:\s?{_AND}\s?(?:{DAY}|\d{{1,2}}日))?\s?)?{ISSUED}\s?$"
)
_JOINED = re.compile(rf"\s?）?\s?{_AND}?\s?(?:{DAY}的?)?\s?")
# The day beside an order that is printed without its year.
_DAY_BEFORE = Forms(
    Form(
        "day",
        rf"(?:{DATE})，?\s?(?:由|以|经)?\s?$",
        yes=("2020年9月19日", "于2020年9月19日以", "一九九五年四月四日 "),
        no=("2020年9月19日起",),
    )
)
_DAY_BEHIND = Forms(
    Form(
        "day",
        rf"\s?[，、（]?\s?(?:于|自)?(?:{DATE})\s?(?:{ISSUED}|）)",
        yes=("，1995年4月4日发布", "（1995年4月4日）"),
        no=("，1995年4月4日起",),
    ),
    anchored=True,
)
_PUBLISHES = re.compile(r"(?:分别|于|在|[，、和]|\d|年|月|日|联合|\s)*$")
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
    mentions = _lists(folded) + _dated_lists(folded)
    taken = [(mention.start, mention.end) for mention in mentions]
    for found in find_numbers(folded):
        if any(found.start < end and start < found.end for start, end in taken):
            continue
        mentions += _with_more(folded, _completed(folded, found), taken)
        if len(mentions) > _MOST:
            break
    mentions.sort(key=lambda mention: mention.own_start)
    return _with_issuers(folded, mentions, issuers)


def _lists(folded: str) -> list[NumberMention]:
    mentions: list[NumberMention] = []
    for match in _LISTS.finditer(folded):
        of_year = _OF_YEAR.search(folded, max(0, match.start - 8), match.start)
        kind = (of_year and of_year["before"]) or match["after"]
        if of_year is None or kind is None:
            continue
        start = of_year.start()
        verb = None if of_year["before"] else _VERB.search(folded, max(0, start - 6), start)
        bodies = bodies_before(folded, verb.start() if verb else start)
        if not bodies:
            bodies = _bodies_that_publish(folded, start)
        names = tuple(body.name for body in bodies)
        begins = bodies[0].start if bodies else start
        mentions += _members(folded, match, kind, names, year_of(of_year["year"]), begins)
    return mentions


def _dated_lists(folded: str) -> list[NumberMention]:
    mentions: list[NumberMention] = []
    for match in _DATED_LISTS.finditer(folded):
        sentence = part_start(folded, match.start)
        days = find_dates(folded, sentence, match.start)
        if not days or (len({day.value.year for day in days}) > 1 and not match["of_year"]):
            continue
        # 商务部于2025年4月4日发布 and 2025年4月4日，商务部发布
        begins = match.span("of_year" if match["of_year"] else "serials")[0]
        verb = _VERB.search(folded, sentence, begins)
        if verb is None:
            continue
        bodies = bodies_before(folded, verb.start())
        if not bodies:
            words = _PUBLISHES.search(folded, sentence, verb.start())
            bodies = bodies_before(folded, words.start() if words else verb.start())
        if not bodies:
            continue
        names = tuple(body.name for body in bodies)
        found = _members(
            folded, match, "公告", names, days[-1].value.year, match.span("serials")[0]
        )
        doubt = None if match["of_year"] else "the year is that of its publication"
        mentions += [mention._replace(doubt=doubt) for mention in found]
    return mentions


def _members(
    folded: str, match: Found, kind: str, issuers: tuple[str, ...], year: int | None, start: int
) -> list[NumberMention]:
    members: list[NumberMention] = []
    offset = match.span("serials")[0]
    text = match["serials"]
    at = behind = 0
    while at < len(text):
        printed = _MEMBER.match(text, at)
        if printed is None:
            at += 1
            continue
        year = year_of(printed["year"]) if printed["year"] else year
        serial = number(printed["serial"])
        if serial:
            end = offset + printed.end()
            mark = _MARK.match(folded, end, match.end)
            if printed.end() == len(text):
                end = match.end
            elif mark:
                end = mark.end()
            cited = DocumentNumber(issuers, kind, None, year, serial, False)
            member = NumberMention(cited, start, end, offset + printed.start())
            if members and _UP_TO.fullmatch(text, behind, printed.start()):
                members += _between(members[-1], member)
            members.append(member)
        at = behind = printed.end()
    return members


def _between(first: NumberMention, last: NumberMention) -> list[NumberMention]:
    """The numbers that 第21号至第23号 leaves out, each printed where the last one is."""
    if first.number._replace(serial=last.number.serial) != last.number:
        return []
    serials = range(
        first.number.serial + 1, min(last.number.serial, first.number.serial + _MOST_MEANT)
    )
    return [last._replace(number=last.number._replace(serial=serial)) for serial in serials]


def _completed(folded: str, found: NumberFound) -> NumberFound:
    """Adds the year before the issuer (2004年商务部令第27号) or before the type (商务部2024年公告第14号)."""
    cited = found.number
    if cited.code is not None or not cited.type:
        return found
    if cited.year is not None:
        return found if cited.issuers else _with_called_issuer(folded, found)
    before = _YEAR_BEFORE.search(folded, max(0, found.start - 6), found.start)
    if before is None or cited.counting == "continuous":
        return found
    if cited.issuers:
        return NumberFound(cited._replace(year=year_of(before["year"])), before.start(), found.end)
    bodies = bodies_before(folded, before.start())
    if not bodies:
        return found
    names = tuple(body.name for body in bodies)
    return NumberFound(
        cited._replace(year=year_of(before["year"]), issuers=names), bodies[0].start, found.end
    )


def _with_called_issuer(folded: str, found: NumberFound) -> NumberFound:
    """中华人民共和国商务部（以下简称商务部）发布2010年第15号公告, 商务部于4月9日发布公告（2025年第22号公告）."""
    verb = _VERB.search(folded, max(0, found.start - 6), found.start)
    end = verb.start() if verb else found.start
    called = _CALLED.search(folded, max(0, end - 60), end)
    bodies = bodies_before(folded, called.start()) if called else _bodies_that_publish(folded, end)
    # 商务部发布公告2018年第46号
    bodies = bodies or (bodies_before(folded, end) if verb else [])
    if not bodies:
        return found
    names = tuple(body.name for body in bodies)
    return NumberFound(found.number.with_issuers(names), bodies[0].start, found.end)


def _bodies_that_publish(folded: str, end: int) -> list[Body]:
    announced = _ANNOUNCED.search(folded, max(0, end - 60), end)
    if announced is None:
        return []
    words = _PUBLISHES.search(folded, max(0, announced.start() - 40), announced.start())
    return bodies_before(folded, words.start() if words else announced.start())


def _called_bodies(folded: str) -> dict[str, list[Body]]:
    """The short names that a text defines for bodies: 商务部（以下称调查机关）."""
    called: dict[str, list[Body]] = {}
    for match in _CALLS.finditer(folded):
        bodies = bodies_before(folded, match.start())
        if bodies:
            called.setdefault(match["alias"], bodies)
    return called


def _bodies_on_a_day(folded: str, end: int) -> list[Body]:
    """商务部于2013年6月27日发布|2013年第36号公告, 工作机制于4月4日和9日分别发布|公告2025年第7号"""
    publication = _ON_A_DAY.search(folded, max(0, end - 32), end)
    return bodies_before(folded, publication.start()) if publication else []


def _bodies_called(folded: str, end: int, called: dict[str, list[Body]]) -> list[Body]:
    """调查机关发布|2025年第44号公告"""
    verb = _VERB.search(folded, max(0, end - 6), end)
    stop = verb.start() if verb else end
    for alias, bodies in called.items():
        if folded.endswith(alias, 0, stop) and bodies[0].start < stop:
            return [body._replace(start=stop - len(alias), end=stop) for body in bodies]
    return []


def _day_beside(folded: str, mention: NumberMention) -> date | None:
    """The day on which a document was issued that is cited without its year: （2020年9月19日商务部令第7号公布）,
    （外经贸部令第3号，1995年4月4日发布）.
    """
    before = _DAY_BEFORE.search(folded, max(0, mention.start - 24), mention.start)
    behind = _DAY_BEHIND.match(folded, mention.end, min(len(folded), mention.end + 30))
    day = before or behind
    days = find_dates(folded, day.start, day.end) if day else []
    return days[0].value if days else None


def _with_more(
    folded: str, found: NumberFound, taken: list[tuple[int, int]]
) -> list[NumberMention]:
    mentions = [NumberMention(found.number, found.start, found.end, found.start)]
    base, end = found.number, found.end
    while len(mentions) < 60:
        more = _MORE.match(folded, end)
        if more is None or (more["and"] == "，" and not more["ordinal"]):
            break
        if any(start < more.end and more.start < stop for start, stop in taken):
            break
        serial = number(more["serial"])
        if not serial or (base.code is not None and more["type"]):
            break
        year = more["year"] or more["bracketed_year"]
        base = base._replace(serial=serial, year=year_of(year) if year else base.year)
        first = next(group for group in ("year", "ordinal", "serial") if more[group])
        own = more.span(first)[0]
        mention = NumberMention(base, found.start, more.end, own)
        if re.fullmatch(_TO, more["and"]):
            mentions += _between(mentions[-1], mention)
        mentions.append(mention)
        end = more.end
        taken.append((found.start, end))
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
            joined = before is not None and _JOINED.fullmatch(folded, before.end, mention.start)
            of_day = _OF_DAY.search(folded, max(0, mention.start - 20), mention.start)
            bodies = bodies_before(folded, of_day.start()) if of_day else []
            bodies = bodies or _bodies_called(folded, mention.start, called)
            bodies = bodies or _bodies_on_a_day(folded, mention.start)
            if bodies:
                cited = cited.with_issuers(tuple(body.name for body in bodies))
                mention = mention._replace(start=bodies[0].start, own_start=bodies[0].start)
            elif before is not None and joined and before.number.type == cited.type:
                cited = cited.with_issuers(before.number.issuers)
                mention = mention._replace(doubt=before.doubt)
            elif len(issuers) == 1 and _OURS.search(
                folded, max(0, mention.start - 24), mention.start
            ):
                cited = cited.with_issuers(issuers)
            else:
                mention = mention._replace(doubt="printed without its issuer")
        elif cited.type in _BY_YEAR and (
            joint := _WITH.search(folded, max(0, mention.start - 4), mention.start)
        ):
            # 商务部会同海关总署发布2017年第40号公告: both issued it.
            leaders = bodies_before(folded, joint.start())
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
