"""`mofcom parse`: parses a page without any service."""

from pathlib import Path
from typing import Annotated

import typer

from services.cli.fail import fail
from shared.identity import has_key


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
    if not url.startswith(("http://", "https://")) or not has_key(url):
        fail(f"--url {url}: this must be the page's original address, beginning with http://")

    from services.fetcher.addresses import NotAnAddress, check_timestamp
    from services.parser.limits import MOST_BYTES
    from services.parser.parse import UnreadablePage
    from services.parser.parse import parse as parse_page

    try:
        with file.open("rb") as page:
            # A device never ends.
            body = page.read(MOST_BYTES + 1)
    except OSError as error:
        fail(f"{file} cannot be read: {error.strerror}")

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
