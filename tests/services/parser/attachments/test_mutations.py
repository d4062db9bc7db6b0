"""Damaged files end in a result or a named outcome, within the limits: 300 here, 5,000 by `make test-attachments`.

Each is one of `files/` with some bytes changed, cut, doubled or taken from another file; of ZIP files also the parts
themselves, for else the checksums find it all.
"""

import os
import random
import zlib
from collections import Counter
from io import BytesIO
from zipfile import ZipFile

from services.parser.attachment_workers import FAILED, AttachmentWorkers
from shared.attachment import AttachmentContent
from testing.attachments import FILES
from tests.services.parser.attachments.authoring.wordprocessing import zipped

MUTATIONS = int(os.environ.get("MUTATIONS", "300"))
# A file of `files/` takes less than a second; what is damaged may take longer, and never this long.
SECONDS = 20.0


def _changed(data: bytes, chance: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 3, 10, 50))):
        at = chance.randrange(len(out) or 1)
        match chance.randrange(6):
            case 0:
                out[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                out[at : at + 4] = chance.choice(
                    (b"\xff\xff\xff\xff", bytes(4), b"\x7f\xff\xff\xff")
                )
            case 2:
                del out[at : at + chance.randrange(1, 64)]
            case 3:
                out[at:at] = out[at : at + chance.randrange(1, 512)]
            case 4:
                other = chance.choice(FILES).read_bytes()
                start = chance.randrange(len(other))
                out[at : at + 32] = other[start : start + 32]
            case _:
                if chance.random() < 0.1:
                    del out[at:]
    return bytes(out)


def _inside(data: bytes, chance: random.Random) -> bytes:
    """A ZIP file of which one part is changed, with the right checksum."""
    with ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(sorted(parts))
    return zipped({**parts, name: _changed(parts[name], chance)})


def _in_streams(data: bytes, chance: random.Random) -> bytes:
    """A PDF file of which one stream is changed before it is packed; its length is then wrong, as programs mend."""
    starts = [
        at
        for at in range(len(data))
        if data.startswith(b"stream", at) and data[at - 3 : at] != b"end"
    ]
    if not starts:
        return _changed(data, chance)
    start = chance.choice(starts) + len(b"stream")
    start += 2 if data[start : start + 2] == b"\r\n" else 1
    end = data.index(b"endstream", start)
    try:
        content = zlib.decompress(data[start:end])
    except zlib.error:
        return _changed(data, chance)
    return data[:start] + zlib.compress(_changed(content, chance)) + data[end:]


def _mutation(seed: int) -> tuple[str, bytes]:
    chance = random.Random(seed)
    file = FILES[seed % len(FILES)]
    data = file.read_bytes()
    if (
        data.startswith(b"PK")
        and chance.random() < 0.7
        and file.name != "password.zip"
        and "cut" not in file.name
    ):
        return file.name, _inside(data, chance)
    if data.startswith(b"%PDF") and chance.random() < 0.5:
        return file.name, _in_streams(data, chance)
    return file.name, _changed(data, chance)


def _outcomes(content: AttachmentContent) -> list[AttachmentContent]:
    return [content, *(one for member in content.members for one in _outcomes(member.content))]


async def test_damaged_files_end_in_an_outcome() -> None:
    workers = AttachmentWorkers(1, seconds=SECONDS)
    states: Counter[str] = Counter()
    try:
        for seed in range(MUTATIONS):
            name, data = _mutation(seed)
            content = await workers.read(data)
            for one in _outcomes(content):
                assert one.state == "read" or one.reason, (name, seed)
                assert not (one.reason or "").startswith((FAILED, "not read")), (
                    name,
                    seed,
                    one.reason,
                )
            states[content.state] += 1
    finally:
        workers.stop()
    assert states["read"] > MUTATIONS / 10
    assert states["damaged"] > MUTATIONS / 10
