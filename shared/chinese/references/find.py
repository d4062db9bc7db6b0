"""References to documents in a text: titles in 《》, numbers, and which belong together.

GB/T 9704-2012 (7.3.3) and 党政机关公文处理工作条例: a document is cited by its title first and its number in
round brackets behind it, 《关于…的通知》（商建函〔2022〕114号). Announcements are also cited the other way
round, 商务部公告2024年第46号（关于…的公告).
"""

from bisect import bisect_left
from collections.abc import Sequence

from shared.chinese.aliases import ALIASES
from shared.chinese.bodies import bodies_at
from shared.chinese.characters import fold
from shared.chinese.cited_numbers import NumberMention, find_cited_numbers
from shared.chinese.document_numbers import DocumentNumber, parse_bare
from shared.chinese.references.aliases import Mentions, with_full_names
from shared.chinese.references.covers import titled_references
from shared.chinese.references.forms import (
    ANNOUNCES,
    CELLS,
    ITEMS,
    NOTES_OF_TITLE,
    POINTERS,
    TITLES_BEHIND,
    TO_TITLE,
)
from shared.chinese.references.reference import Reference
from shared.chinese.text import Text
from shared.chinese.titles import MOST_TITLES

_LONGEST_NOTE = 160
# From the start of its line to the number of an item.
_FURTHEST_ITEM = 199


def find_references(text: Text, issuers: tuple[str, ...]) -> Mentions:
    """All references in a text, in order. Forms, certificates and newspapers are left out; 《办法》 is
    the document that the text has so called.
    """
    folded = text.folded
    if "《" not in folded and "号" not in folded:
        return Mentions(())
    numbers = find_cited_numbers(folded, issuers)[:MOST_TITLES]
    titles = titled_references(text)
    used: set[int] = set()
    read: list[Reference] = []
    last = 0
    for title in titles:
        number = _before(folded, title, numbers, used, last)
        read.append(_with_brackets(folded, title, numbers, used, number))
        last = max(last, read[-1].end)
    for index, number in enumerate(numbers):
        if index in used or _is_inside(titles, number.own_start):
            continue
        read.append(_numbered(text.raw, folded, number))
    read.sort(key=lambda reference: (_own_start(reference), reference.end))
    mentions = with_full_names(read, folded)
    cut = mentions.cut or MOST_TITLES in (len(titles), len(numbers))
    return mentions._replace(cut=cut)


def _is_inside(titles: Sequence[Reference], at: int) -> bool:
    """Whether an offset is within one of some titles, which stand one behind the other."""
    index = bisect_left(titles, at, key=lambda title: title.start)
    return index > 0 and at < titles[index - 1].end


def _own_start(reference: Reference) -> int:
    return reference.number_end if reference.title is None else reference.start


def _bracket(folded: str, start: int) -> int | None:
    """The offset after the bracket that opens at `start`; None if it does not close on the line."""
    depth = 0
    for at in range(start, min(len(folded), start + _LONGEST_NOTE)):
        char = folded[at]
        if char == "\n":
            return None
        depth += (char == "（") - (char == "）")
        if depth == 0:
            return at + 1
    return None


def _standing(numbers: list[NumberMention], start: int, end: int) -> range:
    """The indexes of the numbers that begin between two offsets."""
    first = bisect_left(numbers, start, key=lambda number: number.own_start)
    return range(first, bisect_left(numbers, end, key=lambda number: number.own_start))


def _before(
    folded: str,
    title: Reference,
    numbers: list[NumberMention],
    used: set[int],
    last: int,
) -> NumberMention | None:
    """The number right before a title, behind the references that end at `last`: 商务部令2016年第3号公布的《…》,
    商务部公告2025年第1号（《…》）.
    """
    for index in _standing(numbers, title.start - _LONGEST_NOTE, title.start):
        number = numbers[index]
        if index in used or not 0 <= title.start - number.end <= 5:
            continue
        if not TO_TITLE.match(folded, number.end, title.start):
            continue
        if last > number.start or number.start < number.own_start:
            continue
        used.add(index)
        return number
    return None


def _bare_number(folded: str, title: Reference, start: int, end: int) -> NumberMention | None:
    """《关于某事的公告》（2019年第10号): the type is the title's, and the issuers are, where it names them."""
    kind = ANNOUNCES.search(fold(title.title or ""))
    bare = parse_bare(folded[start:end]) if kind else None
    if kind is None or bare is None or bare[0] is None:
        return None
    bodies = bodies_at(fold(title.title or ""), 0)
    issuers = tuple(body.name for body in bodies)
    number = DocumentNumber(issuers, kind["type"], None, *bare)
    doubt = None if issuers else "printed without its issuer"
    return NumberMention(number, start, end, start, doubt)


def _with_brackets(
    folded: str,
    title: Reference,
    numbers: list[NumberMention],
    used: set[int],
    number: NumberMention | None,
) -> Reference:
    end, alias, doubt = title.end, None, None
    for _ in range(3):
        begins = end + (end < len(folded) and folded[end] == " ")
        if begins >= len(folded) or folded[begins] != "（":
            break
        stop = _bracket(folded, begins)
        if stop is None:
            break
        note = folded[begins + 1 : stop - 1]
        within = [index for index in _standing(numbers, begins, stop) if index not in used]
        named = ALIASES.search(note)
        bare = _bare_number(folded, title, begins + 1, stop - 1)
        number = number or bare
        if named:
            alias = named["alias"].strip()
        if within and number is None:
            first = numbers[within[0]]
            lead_in = folded[begins : first.start]
            if not POINTERS.search(lead_in) and "《" not in lead_in:
                number = first
                used.add(within[0])
        elif not named and not bare and not NOTES_OF_TITLE.match(note):
            break
        end = stop
    if number is None:
        return title._replace(end=end, alias=alias)
    doubt = number.doubt
    start = min(title.start, number.start)
    return title._replace(
        start=start,
        end=end,
        number=number.number,
        number_start=number.start,
        number_end=number.end,
        alias=alias,
        doubt=doubt,
    )


def _numbered(raw: str, folded: str, number: NumberMention) -> Reference:
    """A number without 《》; the bracket behind an announcement's may hold its title."""
    reference = Reference(
        max(number.start, number.own_start),
        number.end,
        number=number.number,
        number_start=number.start,
        number_end=number.end,
        doubt=number.doubt,
    )
    begins = number.end
    if begins < len(folded) and folded[begins] == "（":
        stop = _bracket(folded, begins)
        if stop is not None:
            note = folded[begins + 1 : stop - 1]
            named = ALIASES.search(note)
            if named:
                reference = reference._replace(end=stop, alias=named["alias"].strip())
            elif TITLES_BEHIND.match(note):
                return reference._replace(
                    end=stop,
                    title=raw[begins + 1 : stop - 1].strip(),
                    title_start=begins + 1,
                    title_end=stop - 1,
                )
    furthest = max(0, number.start - _FURTHEST_ITEM)
    line = max(furthest, folded.rfind("\n", furthest, number.start) + 1)
    begins_line = line == 0 or folded[line - 1] == "\n"
    item = ITEMS.match(folded[line : number.start]) if begins_line else None
    behind = None if item else CELLS.match(raw, number.end)
    title = item or behind
    if title is not None:
        start, stop = title.span("title")
        if item:
            start, stop = line + start, line + stop
        end = number.end + (folded[number.end : number.end + 1] == "）")
        return reference._replace(
            start=min(start, reference.start),
            end=max(end, stop),
            title=raw[start:stop],
            title_start=start,
            title_end=stop,
        )
    return reference
