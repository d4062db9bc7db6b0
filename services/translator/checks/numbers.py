"""Numbers, dates and their order: nothing dropped, changed, invented or swapped."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from services.translator.checks import english
from services.translator.checks.flag import Flag
from services.translator.checks.quantities import Quantity, plain
from services.translator.sentence import Sentence

# Kinds of which an English sentence names the same, so that 10日 is never "10 months".
_STRICT = (
    "percent", "point", "per mille", "article", "number", "date",
    "day", "working day", "month", "year", "hour", "week",
)  # fmt: skip
# Kinds whose order is the source's: a list of rates, of dates, of articles.
_ORDERED = ("percent", "article", "date", "number", "", "day", "working day")


def check_numbers(sentence: Sentence, text: str) -> list[Flag]:
    """Compare the numbers of a Chinese sentence with those of its English one."""
    of_source = sentence.quantities
    of_text = english.quantities(text)
    flags = [*_missing(of_source, of_text), *_invented(of_source, of_text)]
    if not flags:
        flags += [*_moved(of_source, of_text), *_swapped(of_source, of_text)]
    return flags


def _missing(source: Sequence[Quantity], text: Sequence[Quantity]) -> list[Flag]:
    # A number may be said once for several mentions, so only whether it is there counts.
    there = set(_values(text))
    return [
        Flag("number missing", f"{quantity.value:f}")
        for quantity in source
        if quantity.must and not _said(quantity, there)
    ]


def _said(quantity: Quantity, there: set[Decimal]) -> bool:
    if quantity.value in there:
        return True
    if quantity.kind == "date" and quantity.value > 10**7:
        # Two dates of one year may name it once.
        year, day = divmod(int(quantity.value), 10000)
        return plain(year) in there and plain(day) in there
    return False


def _values(text: Sequence[Quantity]) -> list[Decimal]:
    """The values of one side, including the parts of dates."""
    values = []
    for quantity in text:
        values.append(quantity.value)
        if quantity.kind == "date":
            values += _parts(quantity.value)
    return values


def _parts(date: Decimal) -> list[Decimal]:
    number = int(date)
    if number > 10**7:
        parts = [number // 10000, number // 100, number % 10000, number // 100 % 100, number % 100]
    elif number > 10**5:
        parts = [number // 100, number % 100]
    else:
        parts = [number // 100, number % 100]
    return [Decimal(part).normalize() for part in parts]


def _invented(source: Sequence[Quantity], text: Sequence[Quantity]) -> list[Flag]:
    allowed = set(_values(source))
    # 一千 in 一千万, and the like: the parts of what was read as a whole are words of the source.
    years = {value for value in allowed if 1900 <= value <= 2100}
    flags = []
    for quantity in text:
        if not quantity.must or quantity.value in allowed:
            continue
        if quantity.kind == "date" and _dated(quantity.value, allowed, years):
            continue
        flags.append(Flag("number invented", f"{quantity.value:f}"))
    return flags


def stated(source: Sequence[Quantity], counts: Sequence[int]) -> Callable[[Quantity], bool]:
    """Whether a number of an English text is in its source or in `counts`."""
    allowed = set(_values(source)) | {plain(count) for count in counts}
    years = {value for value in allowed if 1900 <= value <= 2100}
    whole = {quantity.value for quantity in source if quantity.kind == "date"}

    def stands(quantity: Quantity) -> bool:
        if quantity.kind == "date" and quantity.value > 10**7:
            # A whole date must be one: the 8th of one and the December of another make none.
            return quantity.value in whole or (
                Decimal(int(quantity.value) % 10000) in whole
                and Decimal(int(quantity.value) // 10000) in years
            )
        return quantity.value in allowed

    return stands


def _dated(value: Decimal, allowed: set[Decimal], years: set[Decimal]) -> bool:
    """Whether all parts of a date are in the source: 12月8日 of a year named elsewhere."""
    number = int(value)
    if number > 10**7:
        return Decimal(number // 10000).normalize() in years and number % 10000 in allowed
    if number > 10**5:
        return Decimal(number // 100).normalize() in years and number % 100 in allowed
    return False


def _moved(source: Sequence[Quantity], text: Sequence[Quantity]) -> list[Flag]:
    """Flags a value that changed its kind: 10日 as 10 months, 第三条 as No. 3."""
    flags = []
    kinds: dict[Decimal, set[str]] = {}
    for quantity in text:
        kinds.setdefault(quantity.value, set()).add(quantity.kind)
    for quantity in source:
        if quantity.kind not in _STRICT or not quantity.must or quantity.kind == "date":
            continue
        there = kinds.get(quantity.value)
        if there is None or quantity.kind in there or "" in there:
            continue
        if quantity.kind == "article" and "part" in there:
            continue
        if quantity.kind in ("month", "year", "day") and there & {"date"}:
            continue
        flags.append(Flag("number of another thing", f"{quantity.value:f} {quantity.kind}"))
    return flags


def _swapped(source: Sequence[Quantity], text: Sequence[Quantity]) -> list[Flag]:
    """Flags numbers of one kind that changed their order: in a list of rates, dates or tons."""
    flags = []
    for kind, of in dict.fromkeys((q.kind, q.of) for q in source if q.kind in _ORDERED):
        ours = [q.value for q in source if (q.kind, q.of) == (kind, of) and q.must]
        if kind == "":
            ours = [value for value in ours if not _yearly(value)]
        theirs = [q.value for q in text if q.kind == kind and q.value in ours]
        if len(ours) > 1 and ours != theirs and sorted(ours) == sorted(theirs):
            order = ", ".join(f"{value:f}" for value in theirs)
            flags.append(Flag("numbers swapped", order))
    return flags


def _yearly(value: Decimal) -> bool:
    return 1900 <= value <= 2100
