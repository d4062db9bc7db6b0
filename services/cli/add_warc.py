"""`mofcom add FILE.warc.gz`: hand a WARC file to the running fetcher."""

import codecs
import json
import re
import sys
import time
from http.client import HTTPException
from pathlib import Path
from typing import Any, Protocol
from urllib.error import HTTPError, URLError
from urllib.request import Request

from services.cli.answering import no_fetcher
from services.cli.asking import until_answered
from services.cli.fail import fail
from services.cli.settings import cli_settings, fetcher_login
from shared.own_http import open_own

_NAME = re.compile(r".*\.(?:w?arc(?:\.gz|\.zst)?|wacz)", re.IGNORECASE | re.DOTALL)
# WARC, ARC, gzip, zstd with and without a dictionary, zip (WACZ).
_BEGINNINGS = (
    b"WARC/", b"filedesc://", b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"\x5d\x2a\x4d\x18", b"PK\x03\x04",
)  # fmt: skip
_SECONDS_BETWEEN = {True: 0.2, False: 10.0}


class Readable(Protocol):
    """What a file is read from."""

    def read(self, most: int = -1, /) -> bytes: ...


class NotTaken(Exception):
    """A file that cannot be read, or that the fetcher refuses; the message says why."""


def is_warc(text: str) -> bool:
    """Whether an argument of `mofcom add` names a WARC, ARC or WACZ file, not an address."""
    return bool(_NAME.fullmatch(text)) and "://" not in text


def begins_as_warc(head: bytes) -> bool:
    """Whether bytes begin as a WARC, ARC or WACZ file does, compressed or not."""
    return head.removeprefix(codecs.BOM_UTF8).startswith(_BEGINNINGS)


def add_warc(url: str, path: Path) -> dict[str, Any]:
    """Send a file to the fetcher at `url`; answers what became of it, as `POST /captures` does.

    Asks again while Kafka or Postgres are down for a moment. Raises NotTaken. Exits 1 without a fetcher.
    """
    try:
        taken, why = until_answered(lambda: _sent_file(url, path))
    except OSError as error:
        raise NotTaken(f"{path} cannot be read: {error.strerror or error}") from error
    if why:
        raise NotTaken(why)
    return taken


def add_stream(url: str, stream: Readable, name: str) -> dict[str, Any]:
    """As `add_warc`, from a stream of unknown length, once."""
    taken, not_yet = _sent(url, stream, name, None)
    if not_yet:
        raise NotTaken(not_yet)
    return taken


def _sent_file(url: str, path: Path) -> tuple[dict[str, Any], str]:
    with path.open("rb") as file:
        return _sent(url, file, str(path), path.stat().st_size)


def described(taken: dict[str, Any]) -> list[str]:
    """What became of a file, in lines: counts by outcome, then by reason."""
    outcomes = ("done", "skipped", "retry", "failed", "passed_over", "elsewhere")
    counts = {what: taken.get(what, 0) for what in outcomes}
    said = ", ".join(f"{n} {what.replace('_', ' ')}" for what, n in counts.items() if n)
    lines = [said or f"no captures among its {taken.get('records', 0)} records"]
    for what, reasons in taken.get("reasons", {}).items():
        lines += [f"  {what.replace('_', ' ')}: {reason} ({n})" for reason, n in reasons.items()]
    if counts["elsewhere"]:
        lines.append(f"  elsewhere: not a page of mofcom.gov.cn ({counts['elsewhere']})")
    lines += [f"  not read: {why} ({n})" for why, n in taken.get("damage", {}).items()]
    return lines


class _Sending:
    """A file that says on standard error how much of it has been sent."""

    def __init__(self, file: Readable, name: str, size: int | None) -> None:
        self._file, self._name, self._size = file, name, size
        self._sent = 0
        self._terminal = sys.stderr.isatty()
        self._said = time.monotonic()

    def read(self, most: int = -1) -> bytes:
        part = self._file.read(most)
        self._sent += len(part)
        of = f" of {self._size / 1e6:,.1f}" if self._size else ""
        self.say(f"{self._sent / 1e6:,.1f}{of} MB sent")
        return part

    def say(self, what: str, *, last: bool = False) -> None:
        """Say something, not too often; on a terminal in one line, which the `last` clears."""
        if self._terminal and last:
            sys.stderr.write("\r\x1b[K")
        elif time.monotonic() - self._said >= _SECONDS_BETWEEN[self._terminal]:
            self._said = time.monotonic()
            line = f"{self._name}: {what}"
            sys.stderr.write(f"\r\x1b[K{line}" if self._terminal else f"{line}\n")
        sys.stderr.flush()


def _sent(url: str, file: Readable, name: str, size: int | None) -> tuple[dict[str, Any], str]:
    """What became of a file; or why it is to be sent again."""
    sending = _Sending(file, name, size)
    headers = {"Content-Type": "application/warc", "Accept": "application/x-ndjson"}
    headers |= fetcher_login(cli_settings())
    if size is not None:
        headers["Content-Length"] = str(size)
    request = Request(f"{url}/captures", sending, headers)  # noqa: S310 - http(s), a setting
    taken: dict[str, Any] = {}
    try:
        # It answers when everything is stored and confirmed, however long that takes.
        with open_own(request) as response:
            for line in response:
                taken = dict(json.loads(line))
                ended = sum(taken.get(what, 0) for what in ("done", "skipped", "retry", "failed"))
                sending.say(f"{ended:,} captures done")
    except HTTPError as error:
        said = f"{name}: the fetcher at {url} answered {error.code}: {_detail(error.read())}"
        if error.code == 503:
            return {}, said
        raise NotTaken(said) from error
    except URLError as error:
        fail(no_fetcher(url, error))
    except (HTTPException, ConnectionError, json.JSONDecodeError) as error:
        return {}, f"{name}: the fetcher at {url} broke off ({error!r})"
    finally:
        sending.say("", last=True)
    if "records" not in taken:
        return {}, f"{name}: the fetcher at {url} says: {taken.get('detail', 'nothing')}"
    return taken, ""


def _detail(answer: bytes) -> str:
    try:
        return str(json.loads(answer)["detail"])
    except (ValueError, KeyError, TypeError):
        return answer.decode("utf-8", "replace")[:500]
