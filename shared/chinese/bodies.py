"""发文机关: recognising bodies in signatures, mastheads, numbers and titles."""

import re
from typing import NamedTuple

from shared.chinese.characters import compact, squeeze
from shared.chinese.lexicon import BODIES, OFFICES, Forms

_PEOPLES_REPUBLIC = "中华人民共和国"
# Every printed name with its short name, the People's Republic before it or not.
_FORMS = Forms(
    {
        printed: short
        for form, short in BODIES.names.items()
        for printed in (form, _PEOPLES_REPUBLIC + form)
    }
)
_SHORT = frozenset(BODIES.names.values())
# Offices that sign for their ministry (商务部办公厅), and departments.
_OFFICE = re.compile(OFFICES.of("office").pattern)
_DEPARTMENT = re.compile(r"[一-龥]{2,12}?(?:司|局|中心|事务局|办事处|研究院)(?=$|[、，,\s])")
_NOTE = re.compile(r"（[^（）]{0,16}(?:章|印)）")
_SEPARATORS = "、，,和及·"
# How a body that is not in the list is told from other words.
_LIKE_A_BODY = re.compile(
    r"^(?!.*(?:有关|各省|各地|我|你|本|该|其|通知|公告|规定|办法|附件|联系|电话|负责|以下|企业))[一-龥]{2,24}"
    r"(?:部|委|委员会|局|总局|署|院|会|办|办公室|办公厅|银行|政府|工作机制|领导小组|小组|总社|厅|司|中心|兵团|海关)$"
)


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


def bodies_before(text: str, end: int) -> list[Body]:
    """The known bodies that stand directly before `end` in a text, in the order of the text."""
    bodies: list[Body] = []
    at = end
    while at > 0:
        stop = at
        while stop > 0 and (text[stop - 1].isspace() or (bodies and text[stop - 1] in _SEPARATORS)):
            stop -= 1
        found = _known_before(text, stop)
        if found is None:
            break
        bodies.insert(0, found)
        at = found.start
    return bodies


def bodies_at(text: str, start: int) -> list[Body]:
    """The known bodies that stand from `start` on in a text."""
    bodies: list[Body] = []
    at = start
    while at < len(text):
        while at < len(text) and (text[at].isspace() or (bodies and text[at] in _SEPARATORS)):
            at += 1
        found = _known(text, at, departments=False)
        if found is None:
            break
        bodies.append(found)
        at = found.end
    return bodies


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
    single_spaced = re.fullmatch(r"\s*(?:[一-龥]\s+){2,}[一-龥]\s*", text)
    if single_spaced:
        if not _LIKE_A_BODY.match(whole.text):
            return None
        first, last = whole.span(0, len(whole.text))
        return [Body(whole.text, start + first, start + last)]
    bodies = []
    for part in re.finditer(r"[^\s、，,]+", text):
        found = known_bodies(folded, start + part.start(), start + part.end())
        if found:
            bodies.extend(found)
        elif _LIKE_A_BODY.match(part.group()):
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
