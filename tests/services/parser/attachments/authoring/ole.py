"""Compound files (MS-CFB) from streams: version 3, sectors of 512 bytes, all streams in the root."""

from io import BytesIO
from struct import pack

import olefile

_SECTOR, _FREE, _END, _FAT = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
# Smaller streams would go into sectors of 64 bytes: padded, they do not.
_LEAST = 4096


def with_stream(data: bytes, name: str, content: bytes = b"\1") -> bytes:
    """A compound file with one more stream."""
    with olefile.OleFileIO(BytesIO(data)) as file:
        streams = {
            path[0]: file.openstream(path).read() for path in file.listdir() if len(path) == 1
        }
    return compound({**streams, name: content})


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file; streams shorter than 4096 bytes are filled up with zeros."""
    padded = {name: content.ljust(_LEAST, b"\0") for name, content in streams.items()}
    sectors: list[bytes] = []
    chains: list[int] = []
    starts = {}
    for name, content in padded.items():
        starts[name] = len(sectors)
        chains += _chain(sectors, content)
    # The directory is a tree by length and capitals; its right branches alone are a list, which is a tree, too.
    names = sorted(padded, key=lambda name: (len(name), name.upper()))
    entries = [_entry("Root Entry", 5, child=1 if names else _FREE, start=_END, size=0)]
    entries += [
        _entry(
            name,
            2,
            right=index + 2 if index + 1 < len(names) else _FREE,
            start=starts[name],
            size=len(padded[name]),
        )
        for index, name in enumerate(names)
    ]
    directory = len(sectors)
    chains += _chain(sectors, b"".join(entries))
    fat_sectors = 1
    while (len(chains) + fat_sectors) * 4 > fat_sectors * _SECTOR:
        fat_sectors += 1
    first_fat = len(sectors)
    chains += [_FAT] * fat_sectors
    table = pack(f"<{len(chains)}I", *chains).ljust(fat_sectors * _SECTOR, b"\xff")
    places = [first_fat + index for index in range(fat_sectors)]
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + pack(
            "<HHHHH6xIIIIIIIIII",
            0x3E,
            3,
            0xFFFE,
            9,
            6,
            0,
            fat_sectors,
            directory,
            0,
            _LEAST,
            _END,
            0,
            _END,
            0,
            places[0],
        )
    )
    header += pack(f"<{len(places) - 1}I", *places[1:])
    return header.ljust(_SECTOR, b"\xff") + b"".join(sectors) + table


def _chain(sectors: list[bytes], content: bytes) -> list[int]:
    first = len(sectors)
    count = -(-len(content) // _SECTOR)
    sectors += [
        content[at * _SECTOR : (at + 1) * _SECTOR].ljust(_SECTOR, b"\0") for at in range(count)
    ]
    return [first + at + 1 for at in range(count - 1)] + [_END]


def _entry(
    name: str, kind: int, *, right: int = _FREE, child: int = _FREE, start: int, size: int
) -> bytes:
    encoded = name.encode("utf-16-le")
    return (
        encoded.ljust(64, b"\0")
        + pack("<HBBIII", len(encoded) + 2, kind, 1, _FREE, right, child)
        + bytes(36)
        + pack("<IQ", start, size)
    )
