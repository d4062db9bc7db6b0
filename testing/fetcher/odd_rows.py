"""Rows of the index as they were seen, or as its neighbours are: each stands in for an honest row, or beside it."""

from collections.abc import Callable, Sequence
from random import Random
from typing import NamedTuple

from testing.fetcher.pages import SITE

SHARE = 0.2

Fields = list[str]


class OddRow(NamedTuple):
    """`lines` are sent for the fields of an honest row; `passed_over` of them are no captures of a page."""

    lines: Callable[[Fields], Sequence[bytes]]
    passed_over: int = 0


def _changed(position: int, value: Callable[[str], str]) -> OddRow:
    def lines(fields: Fields) -> Sequence[bytes]:
        changed = [*fields[:position], value(fields[position]), *fields[position + 1 :]]
        return (" ".join(changed).encode(),)

    return OddRow(lines)


def _beside(odd: str | bytes) -> OddRow:
    """An honest row, and a line that is no capture of a page."""
    line = odd if isinstance(odd, bytes) else odd.encode()
    return OddRow(lambda fields: (line, " ".join(fields).encode()), passed_over=1)


_MIME, _STATUS, _DIGEST, _LENGTH = 3, 4, 5, 6
_KEY = "cn,gov,mofcom)/p/0.html"
_END = f"text/html 200 {'A' * 32} 1234"

ODD_ROWS: dict[str, OddRow] = {
    "a media type with a blank": _changed(_MIME, lambda _: "text/html, application/x-javascript"),
    "an empty media type": _changed(_MIME, lambda _: ""),
    "no media type": OddRow(lambda f: (" ".join(f[:_MIME] + f[_STATUS:]).encode(),)),
    "length -1": _changed(_LENGTH, lambda _: "-1"),
    "no length": _changed(_LENGTH, lambda _: "-"),
    "a digest in lower case": _changed(_DIGEST, str.lower),
    "a padded digest": _changed(_DIGEST, lambda digest: f"{digest}==="),
    "a digest of another kind": _changed(_DIGEST, lambda _: f"sha256:{'0' * 64}"),
    "a revisit": OddRow(
        lambda f: (" ".join([*f[:_MIME], "warc/revisit", "-", *f[_DIGEST:]]).encode(),)
    ),
    "CRLF": OddRow(lambda f: (" ".join(f).encode() + b"\r",)),
    "twice": OddRow(lambda f: (" ".join(f).encode(),) * 2),
    "a mail address": _beside(f"{_KEY} 20190101000000 mailto:a@b {_END}"),
    "data": _beside(f"{_KEY} 20190101000000 data:image/png;base64,AAAA unk - - -"),
    "DNS": _beside("dns:www.mofcom.gov.cn 20190101000000 dns:www.mofcom.gov.cn text/dns 0 - 12"),
    "FTP": _beside(f"{_KEY} 20190101000000 ftp://ftp.mofcom.gov.cn/a.txt text/plain 226 - 1"),
    "status 0": _beside(f"{_KEY} 20190101000000 {SITE}/p/0.html text/html 0 {'A' * 32} 1"),
    "12 digits": _beside(f"{_KEY} 201901010000 {SITE}/p/0.html {_END}"),
    "17 digits": _beside(f"{_KEY} 20190101000000123 {SITE}/p/0.html {_END}"),
    "a blank in the URL": _beside(f"{_KEY} 20190101000000 {SITE}/p/a b.html {_END}"),
    "an empty line's worth": _beside(f"{_KEY} 20190101000000 "),
}


def odd_row_of(number: int) -> str | None:
    """The oddity of a page's row, None for four of five."""
    chance = Random(f"row {number}")
    return chance.choice(list(ODD_ROWS)) if chance.random() < SHARE else None
