"""`mofcom add`: hand addresses to the running fetcher."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import typer

from services.cli.add_warc import add_warc, is_warc
from services.cli.fail import fail
from services.cli.settings import CliSettings, NothingRuns, fetcher_url

# As many as fit well under the fetcher's limit for one request.
_AT_ONCE = 500
_ANSWER_SECONDS = 60


def add(
    addresses: Annotated[
        list[str],
        typer.Argument(
            help="Archive URLs, TIMESTAMP/URL, bare URLs (the latest capture) prefixes with *, FILE.warc.gz.",
        ),
    ],
) -> None:
    """Ask for captures by their addresses, or hand over WARC files. Exits 1 when any was refused."""
    try:
        url = fetcher_url(CliSettings())
    except NothingRuns as nothing:
        fail(str(nothing))
    for file in filter(is_warc, addresses):
        add_warc(url, Path(file))
    refused = 0
    addresses = [address for address in addresses if not is_warc(address)]
    for answer in _posted(url, addresses):
        for accepted in answer["accepted"]:
            typer.echo(f"asked {accepted['address']}")
        for refusal in answer["refused"]:
            refused += 1
            typer.echo(f"refused {refusal['address']}: {refusal['reason']}", err=True)
    if refused:
        raise typer.Exit(1)


def _posted(url: str, addresses: list[str]) -> Iterator[dict[str, Any]]:
    for start in range(0, len(addresses), _AT_ONCE):
        body = json.dumps({"addresses": addresses[start : start + _AT_ONCE]}).encode()
        request = Request(  # noqa: S310 - http(s), checked by the setting
            f"{url}/requests", body, {"Content-Type": "application/json"}
        )
        try:
            with urlopen(request, timeout=_ANSWER_SECONDS) as response:  # noqa: S310
                yield json.load(response)
        except HTTPError as error:
            answer = error.read()
            if error.code != 422 or b'"refused"' not in answer:
                fail(f"the fetcher at {url} answered {error.code}: {answer.decode()[:500]}")
            yield json.loads(answer)
        except URLError as error:
            fail(f"no fetcher answers at {url} ({error.reason}): is `mofcom up` running?")
