"""`mofcom add`: hand addresses to the running fetcher."""

import json
import time
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
# While Kafka starts again the fetcher answers 503; asking twice is asking once.
_TRIES = 6
_PAUSE_SECONDS = 2


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
        yield _answer(url, body)


def _answer(url: str, body: bytes) -> dict[str, Any]:
    for tries_left in reversed(range(_TRIES)):
        status, answer = _post(url, body)
        if status == 202 or (status == 422 and b'"refused"' in answer):
            break
        said = f"the fetcher at {url} answered {status}: {answer.decode()[:500]}"
        if status != 503 or not tries_left:
            fail(said)
        typer.echo(f"{said}; trying again", err=True)
        time.sleep(_PAUSE_SECONDS)
    return dict(json.loads(answer))


def _post(url: str, body: bytes) -> tuple[int, bytes]:
    request = Request(  # noqa: S310 - http(s), checked by the setting
        f"{url}/requests", body, {"Content-Type": "application/json"}
    )
    try:
        with urlopen(request, timeout=_ANSWER_SECONDS) as response:  # noqa: S310
            return response.status, response.read()
    except HTTPError as error:
        return error.code, error.read()
    except URLError as error:
        fail(f"no fetcher answers at {url} ({error.reason}): is `mofcom up` running?")
