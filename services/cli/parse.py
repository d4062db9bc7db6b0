"""`mofcom parse`: parses a page or an attachment without any service."""

import asyncio
import json
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from services.cli.add_warc import is_warc
from services.cli.fail import fail
from shared.identity import has_key

if TYPE_CHECKING:
    from shared.attachment import AttachmentContent

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
    attachment: Annotated[
        list[Path] | None,
        typer.Option(
            help="A file that a page links to, whose lists are read with it; once for each, in their order."
        ),
    ] = None,
    ocr: Annotated[
        bool,
        typer.Option(
            "--ocr",
            help="Recognise the text of scans and pictures: slow, and names are often wrong.",
        ),
    ] = False,
    content_type: Annotated[
        str | None, typer.Option(help="The Content-Type header of a page, if it had one.")
    ] = None,
    timestamp: Annotated[
        str | None,
        typer.Option(help="When a page was captured, 1 to 14 digits: later dates are doubted."),
    ] = None,
) -> None:
    """Print what is read in a page or an attachment, as JSON.

    Nothing has to run for it.
    """
    if file.is_dir():
        fail(f"{file} is a folder: give one file at a time")
    if is_warc(str(file)):
        fail(f"{file} is a web archive of many pages: load it with `mofcom add {file}`")
    if url is None:
        if attachment:
            fail("--attachment goes with a page: give the page's original address with --url")
        if file.suffix.lower() in _PAGES:
            fail(f"{file} is a page: give its original address with --url")
        (content,) = _contents([file], ocr)
        typer.echo(content.model_dump_json(indent=2, exclude_none=True))
        return
    if not url.startswith(("http://", "https://")) or not has_key(url):
        fail(f"--url {url}: this must be the page's original address, beginning with http://")

    from services.fetcher.addresses import NotAnAddress, check_timestamp
    from services.parser.attached import Attached
    from services.parser.limits import MOST_BYTES
    from services.parser.parse import UnreadablePage, parse_with_attachments

    body = _read(file, MOST_BYTES)
    try:
        if timestamp is not None:
            check_timestamp(timestamp)
    except NotAnAddress as refused:
        fail(f"--timestamp: {refused}")
    files = attachment or []
    attached = [
        Attached(one.name, content)
        for one, content in zip(files, _contents(files, ocr), strict=True)
    ]
    try:
        notice, evidence = parse_with_attachments(
            body, url, attached, content_type=content_type, timestamp=timestamp
        )
    except UnreadablePage as refused:
        fail(f"{file}: {refused}")
    if not files:
        typer.echo(notice.model_dump_json(indent=2))
        return
    printed = notice.model_dump(mode="json")
    printed["attachments_read"] = [
        {"file": one.url, "kind": one.content.kind, "state": one.content.state}
        | ({"reason": one.content.reason} if one.content.reason else {})
        for one in attached
    ]
    printed["evidence_in_attachments"] = [
        one.model_dump(mode="json", exclude_none=True) for one in evidence
    ]
    typer.echo(json.dumps(printed, ensure_ascii=False, indent=2))


def _contents(files: Sequence[Path], ocr: bool) -> "list[AttachmentContent]":
    """What attachments contain, read within the limits of the parser."""
    if not files:
        return []

    from services.parser.attachment_workers import AttachmentWorkers, OcrNotInstalled
    from services.parser.attachments.limits import MOST_BYTES

    bodies = [_read(file, MOST_BYTES) for file in files]

    async def read() -> "list[AttachmentContent]":
        return [await workers.read(body) for body in bodies]

    try:
        workers = AttachmentWorkers(1, ocr=ocr)
    except OcrNotInstalled as missing:
        fail(f"--ocr: {missing}")
    try:
        return asyncio.run(read())
    finally:
        workers.stop()


def _read(file: Path, most: int) -> bytes:
    if file.is_fifo():
        # Opening it would wait for a program that writes, which may never come.
        fail(f"{file} is a named pipe: give a file, or - for standard input")
    try:
        with nullcontext(sys.stdin.buffer) if file == _DASH else file.open("rb") as opened:
            # A device never ends.
            return opened.read(most + 1)
    except OSError as error:
        fail(f"{file} cannot be read: {error.strerror}")
