"""发文机关: recognising bodies in signatures, mastheads, numbers and titles."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from shared.chinese.body_forms import ASKED, LEADS_TO_NAME, NAMES, NAMES_IN_TITLE
from shared.chinese.characters import HAN, compact, squeeze
from shared.chinese.lexicon import BODIES, OFFICES, PLACES, Forms

# What a text may print before any name: 国家国防科工委, 原外经贸部.
_BEFORE_NAMES = ("", "中华人民共和国", "中国", "国家", "原", "原国家", "原中华人民共和国")
# Every printed name with its short name.
_FORMS = Forms(
    {before + form: short for before in _BEFORE_NAMES for form, short in BODIES.names.items()}
    # 国家税务局 is not the 税务局 with a word before it.
    | dict(BODIES.names)
)
_SHORT = frozenset(BODIES.names.values())
# Offices that sign for their ministry (商务部办公厅), and departments.
_OFFICE = re.compile(OFFICES.of("office").pattern)
_DEPARTMENT = re.compile(rf"[{HAN}]{{2,12}}?(?:司|局|中心|事务局|办事处|研究院)(?=$|[、，,\s])")
_NOTE = re.compile(r"（[^（）]{0,16}(?:章|印)）")
_SEPARATORS = "、，,和及·"
_LONGEST = 24
# 湖南省商务厅: bodies of provinces and cities are many, and known by their region.
_REGION = re.compile(
    rf"{PLACES.of('province', 'city').pattern}|[{HAN}]{{1,6}}?(?:省|市|自治区|县|区|州)"
)
_RUN = re.compile(rf"[{HAN}]+$")


class Body(NamedTuple):
    """A body by its short name, with its span in the text it was read from."""

    name: str
    start: int
    end: int


def short_name(printed: str) -> str | None:
    """The short name of a body, with its office when it names one; None when it is not known."""
    text = squeeze(printed)
    found = _known(text, 0)
    return found.name if found and found.end == len(text) else None


def bodies_of_line(folded: str, start: int, end: int) -> list[Body] | None:
    """The bodies of a line that holds nothing else, in order; None when it holds something else.

    Several bodies may stand on one line with any space, tab or 、 between them or with none;
    single characters may be spaced (商 务 部); a note such as （代章） counts for nothing.
    """
    line = compact(folded, start, end)
    text = line.text
    if not 2 <= len(text) <= 200:
        return None
    bodies: list[Body] = []
    at = 0
    while at < len(text):
        if text[at] in _SEPARATORS:
            at += 1
            continue
        note = _NOTE.match(text, at)
        if note and bodies:
            at = note.end()
            continue
        body = _known(text, at)
        if body is None:
            return _unknown(folded, start, end)
        bodies.append(Body(body.name, *line.span(body.start, body.end)))
        at = body.end
    return bodies or None


def bodies_before(text: str, end: int, *, alone: bool = False) -> list[Body]:
    """The bodies that stand directly before `end` in a text, in the order of the text.

    A body that no table lists counts by its ending and its place among others, 商务部、国家某委、海关总署;
    with `alone` also where it is the only one (`unlisted` tells which those are).
    """
    bodies: list[Body] = []
    at = end
    while at > 0:
        stop = at
        while stop > 0 and (text[stop - 1].isspace() or (bodies and text[stop - 1] in _SEPARATORS)):
            stop -= 1
        found = _known_before(text, stop)
        beside = bodies and stop < at and "，" not in text[stop:at]
        if found is None and (beside or (alone and not bodies)):
            found = _named_before(text, stop)
        if found is None:
            break
        # 经请示国务院，商务部公告…: whom one asks before the comma issues nothing.
        if "，" in text[stop:at] and ASKED.search(text, max(0, found.start - 8), found.start):
            break
        bodies.append(found)
        at = found.start
    return bodies[::-1]


def bodies_at(text: str, start: int) -> list[Body]:
    """The bodies that a title names from `start` on; one that no table lists among others counts."""
    bodies: list[Body] = []
    at = start
    while at < len(text):
        before = at
        while at < len(text) and (text[at].isspace() or (bodies and text[at] in _SEPARATORS)):
            at += 1
        found = _known(text, at, departments=False)
        if found is None and (at > before or not bodies):
            found = _named_at(text, at)
        if found is None:
            break
        bodies.append(found)
        at = found.end
    return bodies if any(body.name in _SHORT for body in bodies) else []


def unlisted(names: Iterable[str]) -> list[str]:
    """Those names that neither a table lists (with their departments) nor a region tells: they were
    read by how they end.
    """
    return [name for name in names if not (_known(name, 0) or _REGION.match(name))]


def _named_before(text: str, end: int) -> Body | None:
    """A body known by its ending, from where the words that lead to it end."""
    run = _RUN.search(text, max(0, end - _LONGEST), end)
    if run is None:
        return None
    start = max((lead.end for lead in LEADS_TO_NAME.finditer(text, run.start(), end)), default=0)
    start = max(start, run.start())
    known = _known(text[start:end], 0)
    if known is not None and known.end == end - start:
        return Body(known.name, start, end)
    named = NAMES.match(text, start, end)
    return Body(named.text, start, end) if named else None


def _named_at(text: str, start: int) -> Body | None:
    named = NAMES_IN_TITLE.match(text, start)
    return Body(named.text, start, named.end) if named else None


def _known(text: str, at: int, *, departments: bool = True) -> Body | None:
    form = _FORMS.at(text, at)
    if not form:
        return None
    short, end = _FORMS.names[form], at + len(form)
    office = _OFFICE.match(text, end)
    if office:
        return Body(short + office.group().replace("（室）", ""), at, office.end())
    if departments and end < len(text) and not _FORMS.at(text, end):
        department = _DEPARTMENT.match(text, end)
        if department:
            return Body(short + department.group(), at, department.end())
    return Body(short, at, end)


def _known_before(text: str, end: int) -> Body | None:
    form = _FORMS.before(text, end)
    return Body(_FORMS.names[form], end - len(form), end) if form else None


def _unknown(folded: str, start: int, end: int) -> list[Body] | None:
    text = _NOTE.sub(lambda m: " " * len(m.group()), folded[start:end])
    if re.search(r"[。；：:;\d]", text):
        return None
    whole = compact(text)
    single_spaced = re.fullmatch(rf"\s*(?:[{HAN}]\s+){{2,}}[{HAN}]\s*", text)
    if single_spaced:
        if not NAMES.match(whole.text):
            return None
        first, last = whole.span(0, len(whole.text))
        return [Body(whole.text, start + first, start + last)]
    bodies = []
    for part in re.finditer(r"[^\s、，,]+", text):
        found = known_bodies(folded, start + part.start(), start + part.end())
        if found:
            bodies.extend(found)
        elif NAMES.match(part.group()):
            bodies.append(Body(part.group(), start + part.start(), start + part.end()))
        else:
            return None
    return bodies or None


def ministry_level(printed: str) -> list[Body] | None:
    """The bodies that a label names when all of them are bodies in their own right; None when it
    names a department (外贸司, 商务部公平贸易局): MOFCOM's 【发布单位】 prints either.
    """
    bodies = known_bodies(printed, 0, len(printed))
    if bodies and all(body.name in _SHORT for body in bodies):
        return bodies
    return None


def known_bodies(folded: str, start: int, end: int) -> list[Body] | None:
    """The bodies of a span that holds nothing but known bodies; None otherwise."""
    line = compact(folded, start, end)
    bodies: list[Body] = []
    at = 0
    while at < len(line.text):
        if bodies and line.text[at] in _SEPARATORS:
            at += 1
            continue
        body = _known(line.text, at)
        if body is None:
            return None
        bodies.append(Body(body.name, *line.span(body.start, body.end)))
        at = body.end
    return bodies or None
