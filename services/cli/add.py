"""`mofcom add`: hand addresses to the running fetcher."""

import json
import sys
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path
from typing import Annotated, Any
from urllib.error import HTTPError, URLError
from urllib.request import Request

import typer

from services.cli.add_warc import (
    NotTaken,
    Readable,
    add_stream,
    add_warc,
    begins_as_warc,
    described,
    is_warc,
)
from services.cli.answering import no_fetcher
from services.cli.asking import until_answered
from services.cli.fail import fail
from services.cli.options import Json
from services.cli.output import print_json
from services.cli.settings import NothingRuns, cli_settings, fetcher_login, fetcher_url
from shared.address_files import SUFFIXES, is_address_file, read_lines
from shared.own_http import open_own

# As many as fit well under the fetcher's limit for one request.
_AT_ONCE = 500
_ANSWER_SECONDS = 60
_LONGEST_SHOWN = 200
_HEAD = 64
_STDIN = "standard input"
_KINDS = f"a list of addresses ({', '.join(SUFFIXES)}) or a WARC, ARC or WACZ file"

_Named = str | Path | Readable
"""An address, a WARC file, or a stream of one."""


def add(
    addresses: Annotated[
        list[str] | None,
        typer.Argument(
            help="Archive URLs, TIMESTAMP/URL, URLs (their latest capture), prefixes ending in *, "
            "lists of addresses (.txt, .csv, .tsv), WARC, ARC and WACZ files, folders of both, or - for "
            "a list or a WARC file on standard input.",
            show_default=False,
        ),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option(
            help="Read addresses from this file, whatever its name, one per line; # starts a comment."
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Request captures by address, or hand over WARC files.

    Exits 1 when any address or file is refused or a file is damaged, and says why.

    For example: mofcom add http://www.mofcom.gov.cn/zwgk/zcfb/
    """
    wanted = [one for text in addresses or [] for one in _named(text)]
    wanted += _listed(file) if file else []
    if not wanted:
        fail("nothing to add: give an address, a file or folder, or - for standard input")
    try:
        url = fetcher_url(cli_settings())
    except NothingRuns as nothing:
        fail(str(nothing))
    whole: dict[str, list[dict[str, Any]]] = {"accepted": [], "refused": [], "warc": []}
    for one in wanted:
        if isinstance(one, str):
            continue
        name = str(one) if isinstance(one, Path) else _STDIN
        try:
            taken = add_warc(url, one) if isinstance(one, Path) else add_stream(url, one, name)
        except NotTaken as why:
            typer.echo(str(why), err=True)
            whole["warc"].append({"file": name, "refused": str(why)})
            continue
        whole["warc"].append({"file": name, **taken})
        if not as_json:
            typer.echo(f"{name}: " + "\n".join(described(taken)))
    for answer in _posted(url, [one for one in wanted if isinstance(one, str)]):
        for kind in ("accepted", "refused"):
            whole[kind] += answer[kind]
        if not as_json:
            _say(answer, addresses or [])
    if as_json:
        print_json(whole)
    if whole["refused"] or any(one.get("refused") or one.get("damage") for one in whole["warc"]):
        raise typer.Exit(1)


def _say(answer: dict[str, Any], arguments: list[str]) -> None:
    for accepted in answer["accepted"]:
        read_as = f" ({accepted['read_as']})" if accepted["read_as"] != accepted["address"] else ""
        typer.echo(f"requested {_cut(accepted['address'])}{read_as}")
    for refusal in answer["refused"]:
        address, reason = refusal["address"], refusal["reason"]
        why = _refused(address, reason) if address in arguments else reason
        typer.echo(f"refused {_cut(address)}: {why}", err=True)


def _cut(text: str) -> str:
    """The beginning of a long text: a line that was refused may be of any length."""
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"


def _named(text: str) -> list[_Named]:
    """What an argument stands for: itself, or the addresses and WARC files in what it names."""
    if text == "-":
        return _standard_input()
    if "://" in text:
        return [text]
    path = Path(text)
    if path.is_dir():
        files = sorted(path.rglob("*"))
        found: list[_Named] = [
            *(one for file in files if is_address_file(file) for one in _listed(file)),
            *(file for file in files if is_warc(file.name) and file.is_file()),
        ]
        return found or fail(f"{path} has no file that can be added: {_KINDS}")
    if is_address_file(path):
        return [*_listed(path)]
    return [path] if is_warc(text) or _begins_as_warc(path) else [text]


def _refused(argument: str, reason: str) -> str:
    """Why an argument was refused: as an address for `reason`, or as a file."""
    if "://" in argument:
        return reason
    if Path(argument).exists():
        return f"the file is not {_KINDS}; a saved page is read with `mofcom parse`"
    return f"{reason}; nor is there a file or folder of this name"


def _standard_input() -> list[_Named]:
    stream = BufferedReader(sys.stdin.buffer)  # type: ignore[type-var]
    if begins_as_warc(stream.peek(_HEAD)):
        return [stream]
    return [line for _, line in read_lines(stream.read(), _STDIN)]


def _begins_as_warc(path: Path) -> bool:
    """Whether a path is a file that begins as a WARC does, whatever its name."""
    try:
        with path.open("rb") as file:
            return begins_as_warc(file.read(_HEAD))
    except (OSError, ValueError):
        return False


def _listed(file: Path) -> list[str]:
    try:
        return [line for _, line in read_lines(file.read_bytes(), file.name)]
    except OSError as error:
        fail(f"{file} cannot be read: {error.strerror or error}")


def _posted(url: str, addresses: list[str]) -> Iterator[dict[str, Any]]:
    for start in range(0, len(addresses), _AT_ONCE):
        body = json.dumps({"addresses": addresses[start : start + _AT_ONCE]}).encode()
        yield _answer(url, body)


def _answer(url: str, body: bytes) -> dict[str, Any]:
    answer, why = until_answered(lambda: _post(url, body))
    if why:
        fail(why)
    return answer


def _post(url: str, body: bytes) -> tuple[dict[str, Any], str]:
    """The fetcher's answer, or why it has none yet."""
    headers = {"Content-Type": "application/json", **fetcher_login(cli_settings())}
    request = Request(f"{url}/requests", body, headers)  # noqa: S310 - http(s), checked by the setting
    try:
        with open_own(request, timeout=_ANSWER_SECONDS) as response:
            return dict(json.load(response)), ""
    except HTTPError as error:
        said = error.read()
        if error.code == 422 and b'"refused"' in said:
            return dict(json.loads(said)), ""
        why = f"the fetcher at {url} answered {error.code}: {said.decode()[:500]}"
        return ({}, why) if error.code == 503 else fail(why)
    except URLError as error:
        fail(no_fetcher(url, error))
