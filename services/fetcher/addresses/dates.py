"""Dates beside an address, as people and programs write them, in the archive's digits."""

from datetime import UTC, date, datetime, time

from shared.chinese.form import Form, Forms, Found
from shared.english_dates import MONTH, MONTHS, YEAR

# A date stands alone in its line: apart by blanks, the separators of a table, quotes, or in brackets that
# are no part of a name, as they are in /公告(2023-01-13).pdf.
_BEFORE = r"(?<![^\s,;|，；\(（\[\"'])(?<![一-鿿][\(\[])"
_BEHIND = r"(?![^\s,;|，；\)）\]\"'])(?![\)）\]](?!https?:)[^\s,;|，；。、\"'])"
_YEAR = rf"(?P<year>{YEAR})"
_ZONE = r"(?P<zone>Z|[+-]\d\d:?\d\d)?"

DATES = Forms(
    Form(
        "with marks",
        rf"{_BEFORE}{_YEAR}(?P<mark>[-/.])(?P<month>\d\d?)(?P=mark)(?P<day>\d\d?)"
        rf"(?:[T ](?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?{_ZONE})?{_BEHIND}",
        yes=(
            "2023-01-13",
            "2023/1/13 5:40",
            "2023.01.13",
            "2023-01-13T05:40:24.123Z",
            "(2023-01-13 13:40:24+08:00)",
        ),
        no=(
            "/公告(2023-01-13)",
            "/a（2023-01-13）.pdf",
            "/2023/01/13/a.shtml",
            "?d=2023-01-13",
            "2023-01/13",
        ),
    ),
    Form(
        "in Chinese",
        rf"{_BEFORE}{_YEAR}年(?P<month>\d\d?)月(?P<day>\d\d?)日"
        r"(?: ?(?P<hour>\d\d?)[:时](?P<minute>\d\d)(?:分|[:分](?P<second>\d\d)秒?)?)?"
        rf"{_BEHIND}",
        yes=("2023年1月13日", "2023年01月13日 05:40:24", "2023年1月13日5时40分"),
        no=("2023年1月13日公告", "2023年1月"),
    ),
    # Memento-Datetime and other dates of HTTP (RFC 9110, 5.6.7).
    Form(
        "day first",
        rf"{_BEFORE}(?:[A-Z][a-z]{{2,8}}, )?(?P<day>\d\d?) (?P<month>{MONTH}) {_YEAR}"
        rf"(?: (?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d) GMT)?{_BEHIND}",
        yes=("Fri, 13 Jan 2023 05:40:24 GMT", "13 January 2023"),
        no=("13 Jan 23",),
    ),
    Form(
        "month first",
        rf"{_BEFORE}(?P<month>{MONTH})\.? (?P<day>\d\d?), {_YEAR}{_BEHIND}",
        yes=("January 13, 2023", "Jan. 13, 2023"),
        no=("January 2023",),
    ),
)


def with_digits(text: str) -> str:
    """The text with every date that stands alone in it as YYYYMMDD or YYYYMMDDhhmmss, in UTC where it has
    an offset: ``2023-01-13 13:40:24+08:00`` is 20230113054024.
    """
    for found in reversed(list(DATES.finditer(text))):
        text = text[: found.start] + _digits(found) + text[found.end :]
    return text


def _digits(found: Found) -> str:
    parts = [found[name] for name in ("year", "month", "day")]
    parts += [found[name] for name in ("hour", "minute", "second") if found.holds(name)]
    year, month, day, *clock = (MONTHS.get(part) or int(part) for part in parts)
    try:
        moment = datetime.combine(date(year, month, day), time(*clock))  # type: ignore[arg-type]
        if found.holds("zone"):
            moment = datetime.fromisoformat(moment.isoformat() + found["zone"]).astimezone(UTC)
    except (ValueError, OverflowError):
        return found.text
    return moment.strftime("%Y%m%d%H%M%S")[: 2 + 2 * len(parts)]
