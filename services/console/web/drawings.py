"""Answers as timelines."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from services.console.web.timeline import Span, Timeline, timeline
from shared.chinese.dates import in_china
from shared.questions import Answer


def today() -> date:
    """The day that it is in China."""
    return in_china(datetime.now(UTC)).date()


def chains(answer: Answer) -> list[Timeline | None]:
    """What made and changed each notice of the question `in_force`."""
    return [
        timeline(
            (
                Span(
                    " · ".join(
                        filter(None, map(step.get, ("relation", "clause", "document_number")))
                    ),
                    _moment(step["since"]),
                    _moment(step["until"]),
                    step["relation"],
                )
                for step in row["chain"]
            ),
            today(),
        )
        for row in answer.rows
    ]


def listings(answer: Answer) -> Timeline | None:
    """Since when the names of the question `listed` are on their lists: a bar for those of one day."""
    together = Counter(
        (row["since"], row["list_en"] or row["list_zh"], row["status"], row["until"])
        for row in answer.rows
    )
    return timeline(
        (
            Span(f"{since} · {name} · {number} {status}", since, until, status)
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


def _label(row: Mapping[str, Any]) -> str:
    named = row["product"], row["origin_zh"], row["company_zh"]
    return " · ".join([f"{row['rate']} %", *filter(None, named)])


def _moment(text: str | None) -> datetime | None:
    """A time of a chain, which is JSON."""
    return datetime.fromisoformat(text) if text else None
