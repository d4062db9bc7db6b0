"""`mofcom parse`: parses a page without any service."""

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from services.cli.fail import fail


def parse(
    file: Annotated[Path, typer.Argument(help="A page as it was fetched.", show_default=False)],
    url: Annotated[
        str, typer.Option(help="Its original URL, e.g. http://www.mofcom.gov.cn/a.html")
    ],
    content_type: Annotated[
        str | None, typer.Option(help="Its Content-Type header, if it had one.")
    ] = None,
    timestamp: Annotated[
        str | None,
        typer.Option(help="When it was captured, 1 to 14 digits: later dates are doubted."),
    ] = None,
) -> None:
    """Print what the parser reads in a page, as JSON. Nothing has to run for it."""
    if file.is_dir():
        fail(f"{file} is a folder: give one page at a time, each with its --url")
    try:
        body = file.read_bytes()
    except OSError as error:
        fail(f"{file} cannot be read: {error.strerror}")
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
        fail(f"--url {url}: this must be the page's original address, beginning with http://")

    from services.fetcher.addresses import NotAnAddress, check_timestamp
    from services.parser.parse import UnreadablePage
    from services.parser.parse import parse as parse_page

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
