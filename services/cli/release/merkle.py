"""One hash over the captures and the rows that rest on each: a Merkle tree as in RFC 6962, section 2.1.

A leaf is a capture's body with its rows. Rows are hashed one by one and sorted, so that their order, and that of
the columns, does not matter; leaves are in the order of the bodies' SHA-256.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence

# RFC 6962 tells a leaf from a node by the first byte, lest one passes for the other.
_LEAF, _NODE = b"\x00", b"\x01"


def row_hash(view: str, row: Mapping[str, str]) -> bytes:
    """SHA-256 of a row as text: JSON in UTF-8 of [view, {column: text}], keys sorted, no white space.

    >>> row_hash("notices", {"a": "1", "b": "2"}) == row_hash("notices", {"b": "2", "a": "1"})
    True
    """
    text = json.dumps([view, row], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).digest()


def leaf_hash(body_sha256: str, row_hashes: Iterable[bytes]) -> bytes:
    """SHA-256 of 0x00, the capture's SHA-256 (32 bytes), and the hashes of its rows in ascending order."""
    return hashlib.sha256(
        _LEAF + bytes.fromhex(body_sha256) + b"".join(sorted(row_hashes))
    ).digest()


def root_hash(leaves: Sequence[bytes]) -> bytes:
    """The Merkle tree hash of leaf hashes, in their order; of none, the SHA-256 of nothing."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    # The largest power of two that is smaller than their number.
    left = 1 << (len(leaves) - 1).bit_length() - 1
    halves = root_hash(leaves[:left]) + root_hash(leaves[left:])
    return hashlib.sha256(_NODE + halves).digest()
