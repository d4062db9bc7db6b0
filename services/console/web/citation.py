"""How a notice is cited: a line to copy, with the capture that it rests on."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from shared.chinese.dates import in_china


def in_english(row: Mapping[str, Any], issuers: list[str], captured_at: datetime | None) -> str:
    """Issuer, title, number, date of issue, and where the archive shows it."""
    title, original, number = row["title_en"] or row["title"], row["title"], row["document_number"]
    parts = [
        ", ".join(issuers),
        title,
        original if original != title else None,
        number if number and number not in (original or "") else None,
        _written(row["issued_on"]),
    ]
    if row["archived_url"] and captured_at:
        parts.append(f"archived {_written(in_china(captured_at).date())}, {row['archived_url']}")
    return ", ".join(part for part in parts if part) + "."


def in_chinese(row: Mapping[str, Any], captured_at: datetime | None) -> str:
    """As GB/T 7714-2015 (8.8) has it for electronic resources: 责任者. 题名: 文号[EB/OL]. (发布日期)[引用日期]. 路径."""
    title, number = row["title"], row["document_number"]
    named = title or number or row["notice_key"]
    if title and number and number not in title:
        named = f"{title}: {number}"
    issued = f"({row['issued_on']})" if row["issued_on"] else ""
    archived = f"[{in_china(captured_at):%Y-%m-%d}]" if captured_at else ""
    parts = [", ".join(row["issuers"]), f"{named}[EB/OL]", issued + archived, row["archived_url"]]
    return ". ".join(part for part in parts if part) + "."


def _written(day: date | None) -> str | None:
    """As English texts write a day: 9 October 2025."""
    return f"{day.day} {day:%B %Y}" if day else None
