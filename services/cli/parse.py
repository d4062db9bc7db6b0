"""`mofcom parse`: what the parser reads in a page, without any service."""

from pathlib import Path
from typing import Annotated

import typer

from services.cli.fail import fail
from services.parser.parse import UnreadablePage
from services.parser.parse import parse as parse_page


def parse(
    file: Annotated[Path, typer.Argument(help="A page as it was fetched.", exists=True)],
    url: Annotated[str, typer.Option(help="Its original URL.")],
    content_type: Annotated[
        str | None, typer.Option(help="Its Content-Type header, when it had one.")
    ] = None,
    timestamp: Annotated[
        str | None,
        typer.Option(help="When the archive captured it, 1 to 14 digits: no date may be later."),
    ] = None,
) -> None:
    """Print what a page says, as the JSON that goes to Kafka."""
    try:
        notice = parse_page(file.read_bytes(), url, content_type=content_type, timestamp=timestamp)
    except UnreadablePage as refused:
        fail(f"{file}: {refused}")
    typer.echo(notice.model_dump_json(indent=2))
