"""The Merkle tree of a release: that of RFC 6962, whatever the order of rows and columns."""

import hashlib
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.cli.release.hashed import root
from services.cli.release.merkle import leaf_hash, root_hash, row_hash

BODY = hashlib.sha256(b"page").hexdigest()


def sha(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def test_the_tree_is_that_of_rfc_6962() -> None:
    a, b, c, d, e = (bytes([n]) * 32 for n in range(5))
    assert root_hash([]).hex() == hashlib.sha256(b"").hexdigest()
    assert root_hash([a]) == a
    ab, cd = sha(b"\1", a, b), sha(b"\1", c, d)
    assert root_hash([a, b, c]) == sha(b"\1", ab, c)
    assert root_hash([a, b, c, d, e]) == sha(b"\1", sha(b"\1", ab, cd), e)


def test_what_is_hashed_of_a_row_and_a_leaf() -> None:
    row = row_hash("pages", {"title": "公告", "issued_on": "2025-10-09"})
    assert row == sha('["pages",{"issued_on":"2025-10-09","title":"公告"}]'.encode())
    assert leaf_hash(BODY, [row]) == sha(b"\0", bytes.fromhex(BODY), row)
    assert leaf_hash(BODY, []) == sha(b"\0", bytes.fromhex(BODY))


@given(st.lists(st.dictionaries(st.sampled_from("abc"), st.text(max_size=3))), st.randoms())
def test_the_order_of_rows_and_columns_is_nothing(
    rows: list[dict[str, str]], random: Random
) -> None:
    shuffled = [dict(random.sample(sorted(row.items()), len(row))) for row in rows]
    random.shuffle(shuffled)
    one, other = (
        leaf_hash(BODY, [row_hash("v", row) for row in some]) for some in (rows, shuffled)
    )
    assert one == other


@pytest.mark.parametrize(
    "row", [("w", {"a": "1"}), ("v", {"a": "2"}), ("v", {"b": "1"}), ("v", {"a": "1", "b": ""})]
)
def test_every_change_of_a_row_changes_it(row: tuple[str, dict[str, str]]) -> None:
    assert row_hash(*row) != row_hash("v", {"a": "1"})


@given(
    st.dictionaries(
        st.binary(min_size=32, max_size=32).map(bytes.hex),
        st.binary(min_size=32, max_size=32).map(bytes.hex),
        min_size=1,
    )
)
def test_a_root_is_of_all_leaves_in_any_order(leaves: dict[str, str]) -> None:
    assert root(dict(reversed(leaves.items()))) == root(leaves)
    for body in leaves:
        assert root({key: leaf for key, leaf in leaves.items() if key != body}) != root(leaves)
