"""Days and times as English pages print them."""

from datetime import date, datetime, time

from services.parser.document.document import Document, Reading
from services.parser.document.parts import publication
from shared.chinese.dates import BEIJING, DateFound, InstantFound, calendar_day
from shared.chinese.form import Form, Forms, Found
from shared.english_dates import MONTH, MONTHS, YEAR
from shared.notice import Evidence

_MONTH = rf"(?P<month>{MONTH})\.?"
_DAY, _YEAR = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?", rf"(?P<year>{YEAR})"
_TIME = r"(?:,?\s+(?:at\s+)?(?P<hour>[012]?\d):(?P<minute>[0-5]\d)(?::\d\d)?(?:\s*(?P<half>[AaPp])\.?[Mm]\.?)?)?"

DAYS = Forms(
    Form(
        "month first",
        rf"\b{_MONTH}\s*{_DAY}\s*+(?:,\s*+)?{_YEAR}\b{_TIME}",
        yes=("November 9, 2025", "Nov. 9, 2025 10:30", "November 9th 2025", "October 09,2025"),
        no=("Novembers 9, 2025", "November 2025"),
    ),
    Form(
        "day first",
        rf"\b{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}\b{_TIME}",
        yes=("9 November 2025", "9th of November, 2025", "09 Nov 2025 3:05 PM"),
        no=("No. 9 of November",),
    ),
    Form(
        "numbers",
        rf"\b{_YEAR}[-/.](?P<month>[01]?\d)[-/.](?P<day>[0-3]?\d)\b{_TIME}",
        yes=("2025-11-09", "2025-11-09 10:30:00"),
        no=("1-2025-11",),
    ),
)
ADOPTED = Forms(
    Form(
        "adopted",
        r"(?i:adopted|promulgated|issued|approved)\b",
        yes=("(Adopted at the 22nd Meeting", "(Promulgated by"),
        no=("(Amended",),
    )
)
# From the beginning of a line to the day that it prints.
DATE_LABELS = Forms(
    Form(
        "label",
        r"[\s\(]*(?i:date(?:\s+of\s+issue)?\s*[:：]\s*)?",
        yes=("Date of Issue: November 9, 2025", "(November 9, 2025)"),
    ),
    anchored=True,
)
# The day of issue stands among the last lines, that of a law's adoption in brackets among the first.
_LAST_LINES, _FIRST_LINES = 8, 6


def find_days(text: str, start: int = 0, end: int | None = None) -> list[DateFound]:
    """The days that an English text prints, in order."""
    found = DAYS.finditer(text, start, len(text) if end is None else end)
    return [DateFound(day, one.start, one.end) for one in found if (day := _day(one)) is not None]


def find_instants(text: str) -> list[InstantFound]:
    """The days with an hour, in Beijing time."""
    found = []
    for one in DAYS.finditer(text):
        day = _day(one)
        if day is None or one["hour"] is None:
            continue
        hour = int(one["hour"])
        if one["half"]:
            hour = hour % 12 + (12 if one["half"].lower() == "p" else 0)
        if hour < 24:
            minute = time(hour, int(one["minute"]), tzinfo=BEIJING)
            found.append(InstantFound(datetime.combine(day, minute), one.start, one.end))
    return found


def _day(found: Found) -> date | None:
    month = found["month"]
    number = int(month) if month.isdigit() else MONTHS[month]
    return calendar_day(int(found["year"]), number, int(found["day"]))


def read_issued_on(document: Document) -> Reading[date | None]:
    """The day under the text, alone on its line; of a law that on which it was adopted, in brackets
    under its title.
    """
    lines = document.body.lines
    for line in reversed(lines[-_LAST_LINES:]):
        label = DATE_LABELS.match(line.raw)
        days = find_days(line.raw)
        if not days or label is None or days[-1].start != label.end:
            continue
        if not line.raw[days[-1].end :].strip(" ).。"):
            return _at(document, days[-1], line.start)
    for line in lines[:_FIRST_LINES]:
        adopted = ADOPTED.search(line.raw) if line.raw.startswith(("(", "（")) else None
        if adopted and (days := find_days(line.raw, adopted.end)):
            return _at(document, days[0], line.start)
    return Reading(None, warnings=("issued_on: none found",))


def _at(document: Document, day: DateFound, start: int) -> Reading[date | None]:
    evidence = document.body.evidence("issued_on", start + day.start, start + day.end)
    return Reading(day.value, (evidence,))


def read_published_at(document: Document) -> Reading[datetime | None]:
    """The visible time, with its hour from the page's data where it prints none; else as on Chinese
    pages.
    """
    otherwise = publication.read_published_at(document)
    header = document.meta_text("header")
    if instants := find_instants(header.raw):
        return Reading(
            instants[0].value, (_in_header(document, instants[0].start, instants[0].end),)
        )
    days = find_days(header.raw)
    if not days or (otherwise.value is not None and otherwise.value.date() == days[0].value):
        return otherwise
    value = datetime.combine(days[0].value, time(tzinfo=BEIJING))
    return Reading(value, (_in_header(document, days[0].start, days[0].end),))


def _in_header(document: Document, start: int, end: int) -> Evidence:
    return document.meta_text("header").evidence("published_at", start, end)
