"""CDX search: a query and the captures give the text that the archive answers.

The parameters and the shapes are those of `web.archive.org/cdx/search/cdx`, as documented and
recorded: space-separated lines or an array of arrays, a blank line (an empty array) before the
resume key, filters that must match a whole field. What the archive takes and ignores here:
`resolveRevisits`, `page`, `pageSize`, `fastLatest`, `sort`, and names that it does not know.
"""

import base64
import binascii
import json
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from deploy.local.archive.answer import JSON, TEXT, Answer, answer
from deploy.local.archive.captures import FIELDS, Captures, Row
from shared.identity import url_key

_DIGITS = re.compile(r"\d{1,14}")
_FILTER = re.compile(r"^([!~]{0,2})(?:([a-z]+):)?(.*)$", re.DOTALL)


class BadQuery(ValueError):
    """A parameter that the archive refuses with 400; the text is the answer's body."""


@dataclass(frozen=True)
class _Scope:
    """Which keys a query asks for: a common prefix, and a test for what the prefix lets in."""

    prefix: str
    holds: Callable[[str], bool]


def search(query: Sequence[tuple[str, str]], captures: Captures) -> Answer:
    """Answer a CDX query given as decoded (name, value) pairs in their order.

    200 with the rows, 400 with one line of text when a parameter is wrong.
    """
    try:
        return _search(query, captures)
    except BadQuery as refused:
        return answer(400, TEXT, f"{refused}\n")


def _search(query: Sequence[tuple[str, str]], captures: Captures) -> Answer:
    one = dict(reversed(query))  # of a name that is given twice, the first counts
    scope = _scope(one.get("url", ""), one.get("matchType"))
    limit = _number(one, "limit")
    columns = _columns(one.get("fl", ""))
    with_key = one.get("showResumeKey") == "true" and limit > 0
    rows: Iterable[Row] = (
        c.row
        for c in captures.starting(scope.prefix, _position(one.get("resumeKey", "")))
        if scope.holds(c.urlkey)
    )
    rows = _between(rows, one.get("from", ""), one.get("to", ""))
    for text in (value for name, value in query if name == "filter"):
        rows = filter(_filter(text), rows)
    for text in (value for name, value in query if name == "collapse"):
        rows = _collapsed(rows, text)
    page = list(rows)[limit:] if limit < 0 else list(islice(rows, limit or None))
    # A full page brings a key even when nothing follows: the last page may then be empty.
    key = _resume_key(page[-1]) if with_key and len(page) == limit else None
    chosen = [[row[i] for i in columns] for row in page]
    if one.get("output") == "json":
        return answer(200, JSON, _as_json([FIELDS[i] for i in columns], chosen, key))
    return answer(200, TEXT, _as_text(chosen, key))


def _as_text(rows: list[list[str]], key: str | None) -> str:
    lines = [" ".join(row) for row in rows] + (["", key] if key else [])
    return "".join(f"{line}\n" for line in lines)


def _as_json(header: list[str], rows: list[list[str]], key: str | None) -> str:
    # The header is written with the first row only: nothing found is an empty array.
    lines: list[list[str]] = ([header, *rows] if rows else []) + ([[], [key]] if key else [])
    return "[" + ",\n".join(json.dumps(x, separators=(",", ":")) for x in lines) + "]\n"


def _scope(url: str, match_type: str | None) -> _Scope:
    if not url:
        raise BadQuery("org.archive.wayback.exception.BadQueryException: url is required")
    if url.startswith("*."):
        url, match_type = url[2:], match_type or "domain"
    elif url.endswith("*"):
        url, match_type = url[:-1], match_type or "prefix"
    try:
        key = url_key(url)
    except ValueError:
        raise BadQuery(f"org.apache.commons.httpclient.URIException: {url}") from None
    host = key.partition(")")[0]
    if match_type in (None, "exact"):
        return _Scope(key, lambda k: k == key)
    if match_type == "prefix":
        # The key has lost the slash that ends the prefix; /article/ must not find /article2.
        if url.endswith("/") and not key.endswith("/"):
            key += "/"
        return _Scope(key, lambda k: True)
    if match_type == "host":
        return _Scope(f"{host})", lambda k: True)
    if match_type == "domain":
        return _Scope(host, lambda k: k[len(host)] in "),:")
    raise BadQuery(f"java.lang.IllegalArgumentException: unknown matchType {match_type}")


def _between(rows: Iterable[Row], start: str, end: str) -> Iterator[Row]:
    for given in (start, end):
        if given and not _DIGITS.fullmatch(given):
            raise BadQuery(f"java.lang.IllegalArgumentException: not a timestamp: {given}")
    if start and end and start > end.ljust(14, "9"):
        raise BadQuery("java.lang.IllegalArgumentException: fromKey > toKey")
    return (row for row in rows if start <= row[1] <= (end or "9").ljust(14, "9"))


def _filter(text: str) -> Callable[[Row], bool]:
    """`[!]field:regex`, the regex matching the whole field; `~` makes it a plain substring."""
    sign, field, what = _FILTER.findall(text)[0]
    position = FIELDS.index(field) if field in FIELDS else None
    if field and position is None:
        raise BadQuery(f"java.lang.IllegalArgumentException: no field {field}")
    try:
        pattern = re.compile(re.escape(what) if "~" in sign else what)
    except re.error as wrong:
        raise BadQuery(f"java.util.regex.PatternSyntaxException: {wrong}") from None
    match = pattern.search if "~" in sign else pattern.fullmatch

    def holds(row: Row) -> bool:
        value = " ".join(row) if position is None else row[position]
        return (match(value) is None) == ("!" in sign)

    return holds


def _collapsed(rows: Iterable[Row], text: str) -> Iterator[Row]:
    """`field[:N]`: of adjacent rows with the same first N characters only the first."""
    field, _, count = text.partition(":")
    if field not in FIELDS or (count and not count.isdecimal()):
        raise BadQuery(f"java.lang.IllegalArgumentException: collapse {text}")
    return _first_of_each(rows, FIELDS.index(field), int(count) if count else None)


def _first_of_each(rows: Iterable[Row], position: int, width: int | None) -> Iterator[Row]:
    last = None
    for row in rows:
        if (value := row[position][:width]) != last:
            yield row
        last = value


def _columns(fl: str) -> list[int]:
    names = fl.split(",") if fl else list(FIELDS)
    if unknown := [name for name in names if name not in FIELDS]:
        raise BadQuery(f"java.lang.IllegalArgumentException: no field {unknown[0]}")
    return [FIELDS.index(name) for name in names]


def _number(one: dict[str, str], name: str) -> int:
    try:
        return int(one.get(name) or 0)
    except ValueError:
        raise BadQuery(f"java.lang.NumberFormatException: {name}={one[name]}") from None


def _resume_key(row: Row) -> str:
    """The new style (recorded 2026-05): base64url of the compressed key and second of a row.

    It names a second, not a row, and the next page starts behind it: further rows of the same
    page in the same second are lost at the edge, as clients of the archive must expect.
    """
    return base64.urlsafe_b64encode(zlib.compress(f"{row[0]} {row[1]}".encode())).decode()


def _position(key: str) -> tuple[str, str]:
    if not key:
        return ("", "")
    try:
        plain = zlib.decompress(base64.urlsafe_b64decode(key + "=" * (-len(key) % 4))).decode()
    except (binascii.Error, zlib.error, ValueError):
        raise BadQuery("java.lang.IllegalArgumentException: invalid resumeKey") from None
    urlkey, _, timestamp = plain.rpartition(" ")
    return (urlkey, timestamp)
