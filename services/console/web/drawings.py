"""Answers as timelines."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from services.console.web.timeline import Span, Timeline, timeline
from shared.chinese.dates import in_china
from shared.questions import Answer

_REMOVED = "removed"


def today() -> date:
    """The day that it is in China."""
    return in_china(datetime.now(UTC)).date()


def chains(answer: Answer) -> list[Timeline | None]:
    """What made and changed each notice of the question `in_force`."""
    return [timeline(map(_step, row["chain"]), today()) for row in answer.rows]


def history(answer: Answer) -> Timeline | None:
    """What made and changed the measures of the question `applies`; several may rest on one notice."""
    steps = [_step(step) for row in answer.rows for step in row["chain"] or ()]
    return timeline({str(step): step for step in steps}.values(), today())


def _step(step: Mapping[str, Any]) -> Span:
    """A step of a chain, whose times are those of JSON."""
    return Span(
        [*filter(None, map(step.get, ("relation", "clause", "document_number")))],
        _moment(step["since"]),
        _moment(step["until"]),
        step["relation"],
    )


def listed_alone(answer: Answer, asked: Mapping[str, str]) -> Answer:
    """An answer of the question `listed` without the entries that were removed, as for what is `asked`."""
    rows = [row for row in answer.rows if row["status"] != _REMOVED]
    return replace(answer, asked=dict(asked), rows=rows)


def listings(answer: Answer) -> Timeline | None:
    """From when to when the names of the question `listed` are or were on their lists: a bar for those of one
    day.
    """
    together = Counter(
        (
            row["since"],
            row["list_en"] or row["list_zh"],
            row["status"],
            row["changed_on"] if row["status"] == _REMOVED else row["until"],
        )
        for row in answer.rows
    )
    return timeline(
        (
            Span([str(since), name, str(number), status], since, until, status)
            for (since, name, status, until), number in together.items()
        ),
        today(),
    )


def rates_drawn(answer: Answer) -> Timeline | None:
    """From when to when each rate of a duty applies or applied."""
    return timeline(
        (
            Span(
                _label(row),
                row["since"],
                row["last_day"] and row["last_day"] + timedelta(days=1),
                row["status"],
            )
            for row in answer.rows
        ),
        today(),
    )


def _label(row: Mapping[str, Any]) -> list[str]:
    named = row["product"], row["origin_zh"], row["company_zh"]
    return [f"{row['rate']} %", *filter(None, named)]


def _moment(text: str | None) -> datetime | None:
    """A time of a chain, which is JSON."""
    return datetime.fromisoformat(text) if text else None
