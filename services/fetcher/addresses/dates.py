"""Dates beside an address, as people and programs write them, in the archive's digits."""

from datetime import UTC, datetime

from shared.chinese.form import Form, Forms, Found

# A date stands alone in its line: apart by blanks, the separators of a table, brackets or quotes.
_BEFORE = r"(?<![^\s,;|，；\(（\[\"'])"
_BEHIND = r"(?![^\s,;|，；\)）\]\"'])"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
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
        no=("/2023/01/13/a.shtml", "?d=2023-01-13", "2023-01/13"),
    ),
    Form(
        "in Chinese",
        rf"{_BEFORE}{_YEAR}年(?P<month>\d\d?)月(?P<day>\d\d?)日"
        r"(?: ?(?P<hour>\d\d?)[:时](?P<minute>\d\d)(?:分|[:分](?P<second>\d\d)秒?)?)?"
        rf"{_BEHIND}",
        yes=("2023年1月13日", "2023年01月13日 05:40:24", "2023年1月13日5时40分"),
        no=("2023年1月13日公告", "2023年1月"),
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
    names = ("year", "month", "day", "hour", "minute", "second")
    parts = [int(found[name]) for name in names if found[name]]
    try:
        moment = datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type]
        if found.holds("zone"):
            local = moment.replace(tzinfo=None).isoformat()
            moment = datetime.fromisoformat(local + found["zone"]).astimezone(UTC)
    except (ValueError, OverflowError):
        return found.text
    return moment.strftime("%Y%m%d%H%M%S")[: 2 + 2 * len(parts)]
