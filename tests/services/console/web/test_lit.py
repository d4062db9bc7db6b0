"""Words light up with the values that were read from them."""

from hypothesis import given
from hypothesis import strategies as st

from services.console.web.lit import Evidence, Piece, pieces

EVIDENCE = st.lists(
    st.builds(Evidence, st.integers(1, 9), st.integers(-2, 40), st.integers(-2, 40))
)


@given(st.text("ab\n", max_size=30), EVIDENCE)
def test_nothing_of_a_text_is_lost(text: str, evidence: list[Evidence]) -> None:
    lines = pieces(text, evidence)
    assert "\n".join("".join(piece.text for piece in line) for line in lines) == text


@given(st.text("ab\n", min_size=1, max_size=30), EVIDENCE)
def test_a_character_is_lit_by_what_was_read_from_it(text: str, evidence: list[Evidence]) -> None:
    lit = [
        set(piece.numbers)
        for line in pieces(text, evidence)
        for piece in [*line, Piece("\n", ())]
        for _ in piece.text
    ]
    for at, character in enumerate(text):
        if character != "\n":
            within = {
                one.number for one in evidence if 0 <= one.starts <= at < one.ends <= len(text)
            }
            assert lit[at] == within


def test_values_of_the_same_words() -> None:
    assert pieces("abcd", [Evidence(1, 0, 3), Evidence(2, 2, 4)]) == [
        [Piece("ab", (1,)), Piece("c", (1, 2)), Piece("d", (2,))]
    ]
