"""Forged records: valid events with one to three values replaced by what no service would send.

Each number gives the same forgery in every run.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from random import Random
from typing import Any

from shared.delivery.message import Message
from shared.envelope import encode
from shared.events import Event

AT = datetime(2026, 1, 2, 12, tzinfo=UTC)

HOSTILE: tuple[Any, ...] = (
    None, True, [], {}, [None], {"a": 1}, "", " ", "\0", "\ud83d", "\ude00\ud83d", "\U0001f600", "\u202e",
    "商" * 3000, "a" * 70_000, -1, 0, 1, 1.5, 2**31, 2**63, 2**64, -(2**63) - 1, 10**30, 10**400, 1e308,
    "0000", "9999", "20200230054024", "00000000000000", "99991231235959", "20190101", "20191301000000",
    "２０１９０１０１００００００", "0000-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00",
    "9999-12-31T23:59:59Z", "2020-02-30T00:00:00Z", "2020-01-01T00:00:00", "2020-01-01", "0001-01-01", "9999-12-31",
    -62_135_596_800, 253_402_300_799, "http://", "http://[", "http://[::1", "http://a:99999/", "http://a:b/",
    "//", "http://www.mofcom.gov.cn/\0", "http://www.mofcom.gov.cn/\ud800", "http://" + "a" * 5000, "http://x" * 900,
    "../../etc/passwd", "undefined", "base64", "rot13", "zlib", "hex", "idna", "utf-7", "unicode_escape",
    "text/html; charset=undefined", "text/html; charset=\ud800", "application/octet-stream", "memento", "done",
    "notice", "page", "inf", "NaN",
)  # fmt: skip
"""Values of wrong types, out of range, impossible times, addresses that are none, names of codecs that
are not for text, lone surrogates, sizes.
"""


def forged(events: Sequence[Event], number: int) -> Message:
    """Forgery `number` of one of these events, as a record of its topic's."""
    chance = Random(number)
    event = chance.choice(events)
    record = encode(event, "forger", AT)
    headers, value = list(record.headers), record.value
    way = chance.random()
    if way < 0.85:
        document = json.loads(value)
        for _ in range(chance.choice((1, 1, 1, 2, 3))):
            _replace(document, chance)
        value = json.dumps(document, ensure_ascii=chance.random() < 0.5).encode(
            "utf-8", "surrogatepass"
        )
    elif way < 0.95:
        value = _damaged(value, chance)
    else:
        at = chance.randrange(len(headers))
        headers[at] = (headers[at][0], chance.choice((b"", b"\xff", b"1.99", b"urn:x:\xd9\xa0.1")))
    return Message("forged", 0, number, record.key, value, headers, AT)


def damaged(data: bytes, number: int) -> bytes:
    """Bytes with a few of them changed, moved or missing."""
    chance = Random(number)
    for _ in range(chance.choice((1, 1, 2, 5))):
        data = _damaged(data, chance)
    return data


def _damaged(data: bytes, chance: Random) -> bytes:
    at, length = chance.randrange(len(data) + 1), chance.randrange(1, 40)
    match chance.randrange(5):
        case 0:
            return data[:at]
        case 1:
            return data[:at] + data[at + length :]
        case 2:
            return data[:at] + chance.randbytes(length) + data[at + length :]
        case 3:
            return data[:at] + data[at : at + length] * 3 + data[at + length :]
    return (
        data[:at]
        + chance.choice((b"\0", b"\r\n", b"\xff\xfe", b"\xed\xa0\xbd", b"[" * 2000))
        + data[at:]
    )


def _replace(document: Any, chance: Random) -> None:
    places = list(_places(document))
    if not places:
        return
    # Each level as often as the others: most values stand deep inside.
    depth = chance.choice(sorted({depth for depth, _, _ in places}))
    _, holder, key = chance.choice([place for place in places if place[0] == depth])
    if chance.random() < 0.1:
        del holder[key]
    else:
        holder[key] = chance.choice(HOSTILE)


def _places(document: Any, depth: int = 0) -> Iterator[tuple[int, Any, Any]]:
    if isinstance(document, dict):
        keys: Sequence[Any] = list(document)
    elif isinstance(document, list):
        keys = range(len(document))
    else:
        return
    for key in keys:
        yield depth, document, key
        yield from _places(document[key], depth + 1)
