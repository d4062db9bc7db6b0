"""Settings of the parser."""

from pydantic import Field

from shared.settings import Settings, constant, tuning


class ParserSettings(Settings):
    parse_workers: int = tuning(
        2, "Processes that parse pages; `mofcom reparse` has as many.", ge=1
    )
    parse_seconds: float = tuning(
        2.0,
        "Seconds of a processor for a page; one that takes more twice becomes a dead letter.",
        gt=0,
    )
    parse_memory_bytes: int = tuning(512 * 1024 * 1024, "Memory limit for a page; likewise.", ge=1)
    parse_ocr: bool = Field(
        False,
        description="Whether the text of scans and pictures is recognised: some ten seconds a page, and what is read "
        "stands apart, in `recognised_values`. Needs `pip install 'mofcom-notices[ocr]'`; the image has it not.",
    )
    # Each reads within its own limits of time and memory (services/parser/attachment_workers.py).
    attachment_workers: int = constant(1, ge=1)
    # Captures that are read before they are acknowledged: more would only be repeated after a kill.
    parse_window: int = constant(64, ge=1)
    # Notices that are read with their attachments: each may be of megabytes.
    lists_window: int = constant(4, ge=1)
