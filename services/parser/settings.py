"""Settings of the parser."""

from typing import Annotated

from pydantic import AfterValidator, Field

from shared.settings import Settings, constant, tuning


def _if_installed(ocr: bool) -> bool:
    if ocr:
        from services.parser.attachments.ocr.recognise import is_installed

        if not is_installed():
            raise ValueError(
                "no text can be recognised here: pip install 'mofcom-notices[ocr]', or leave it out; "
                "the images of Docker do not have these packages"
            )
    return ocr


class ParserSettings(Settings):
    parse_workers: int = tuning(
        2, "Processes that parse pages; `mofcom reparse` has as many.", ge=1
    )
    parse_ocr: Annotated[bool, AfterValidator(_if_installed)] = Field(
        False,
        description="Whether the text of scans and pictures is recognised: some ten seconds a page, and what is read "
        "stands apart, in `recognised_values`. Needs `pip install 'mofcom-notices[ocr]'`, 380 MB, which the images of "
        "Docker do not have: there, the parser does not start with it.",
    )
    # Time of a processor and memory for a page, beyond what any page of the site takes; one that takes more twice
    # becomes a dead letter.
    parse_seconds: float = constant(2.0, gt=0)
    parse_memory_bytes: int = constant(512 * 1024 * 1024, ge=1)
    # Each reads within its own limits of time and memory (services/parser/attachment_workers.py).
    attachment_workers: int = constant(1, ge=1)
    # Captures that are read before they are acknowledged: more would only be repeated after a kill.
    parse_window: int = constant(64, ge=1)
    # Notices that are read with their attachments: each may be of megabytes.
    lists_window: int = constant(4, ge=1)
