"""`mofcom parse`: parses a page or an attachment without any service."""

import asyncio
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from services.cli.fail import fail
from shared.identity import has_key

_PAGES = (".htm", ".html", ".shtml")
_DASH = Path("-")


def parse(
    file: Annotated[
        Path,
        typer.Argument(
            help="A page or an attachment as it was fetched, or - for standard input.",
            show_default=False,
        ),
    ],
    url: Annotated[
        str | None,
        typer.Option(
            help="The original URL of a page, e.g. http://www.mofcom.gov.cn/a.html; an attachment needs none."
        ),
    ] = None,
    content_type: Annotated[
        str | None, typer.Option(help="The Content-Type header of a page, if it had one.")
    ] = None,
    timestamp: Annotated[
        str | None,
        typer.Option(help="When a page was captured, 1 to 14 digits: later dates are doubted."),
    ] = None,
) -> None:
    """Print what the parser reads in a page or attachment, as JSON.

    Nothing has to run for it.
    """
    if file.is_dir():
        fail(f"{file} is a folder: give one file at a time")
    if url is None:
        _parse_attachment(file)
        return
    if not url.startswith(("http://", "https://")) or not has_key(url):
        fail(f"--url {url}: this must be the page's original address, beginning with http://")

    from services.fetcher.addresses import NotAnAddress, check_timestamp
    from services.parser.limits import MOST_BYTES
    from services.parser.parse import UnreadablePage
    from services.parser.parse import parse as parse_page

    body = _read(file, MOST_BYTES)
    try:
        if timestamp is not None:
            check_timestamp(timestamp)
    except NotAnAddress as refused:
        fail(f"--timestamp: {refused}")
    try:
        notice = parse_page(body, url, content_type=content_type, timestamp=timestamp)
    except UnreadablePage as refused:
        fail(f"{file}: {refused}")
    typer.echo(notice.model_dump_json(indent=2))


def _parse_attachment(file: Path) -> None:
    if file.suffix.lower() in _PAGES:
        fail(f"{file} is a page: give its original address with --url")

    from services.parser.attachment_workers import AttachmentWorkers
    from services.parser.attachments.limits import MOST_BYTES

    workers = AttachmentWorkers(1)
    try:
        content = asyncio.run(workers.read(_read(file, MOST_BYTES)))
    finally:
        workers.stop()
    typer.echo(content.model_dump_json(indent=2, exclude_none=True))


def _read(file: Path, most: int) -> bytes:
    try:
        with nullcontext(sys.stdin.buffer) if file == _DASH else file.open("rb") as opened:
            # A device never ends.
            return opened.read(most + 1)
    except OSError as error:
        fail(f"{file} cannot be read: {error.strerror}")
