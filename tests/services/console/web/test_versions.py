"""What changed from one version to another."""

from hypothesis import given
from hypothesis import strategies as st

from services.console.web.versions import Piece, in_context

PIECES = st.lists(st.builds(Piece, st.sampled_from("=-+"), st.text("ab", min_size=1, max_size=30)))


@given(PIECES, st.integers(1, 8))
def test_no_change_is_left_out_and_nothing_is_added(pieces: list[Piece], around: int) -> None:
    shown = in_context(pieces, around)
    for operation in "-+":
        words = [piece.words for piece in pieces if piece.operation == operation]
        assert [piece.words for piece in shown if piece.operation == operation] == words
    kept = [piece.words for piece in shown if piece.operation == "="]
    assert all(len(words) <= 2 * around for words in kept)
    assert sum(map(len, kept)) <= sum(len(one.words) for one in pieces if one.operation == "=")


def test_what_is_far_from_any_change_is_left_out() -> None:
    pieces = [Piece("=", "abcdef"), Piece("-", "1"), Piece("=", "ghijkl"), Piece("+", "2")]
    assert in_context(pieces, 2) == [
        Piece("…", ""),
        Piece("=", "ef"),
        Piece("-", "1"),
        Piece("=", "gh"),
        Piece("…", ""),
        Piece("=", "kl"),
        Piece("+", "2"),
    ]


def test_versions_that_read_alike() -> None:
    assert in_context([Piece("=", "abcdef")], 2) == [Piece("…", "")]
