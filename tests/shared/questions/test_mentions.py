"""What a pasted text cites."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.questions import TextRefused
from shared.questions.limits import LONGEST_TEXT, MOST_MENTIONS
from shared.questions.mentions import read_mentions

MEMO = """According to MOFCOM Announcement No. 61 of 2025 (商务部公告2025年第61号), and
《关于某类物项实施出口管制的公告》（商务部 海关总署公告2025年第56号，以下简称《公告》）, licences are needed.
《公告》第二条 and 《中华人民共和国出口管制法》 apply; 公告2025年第62号 too. 《某某进口许可证》 is a form."""


def test_each_document_is_mentioned_once_where_it_is_first_cited() -> None:
    found = read_mentions(MEMO)
    assert [(one.number, one.title, one.times) for one in found] == [
        ("商务部公告2025年第61号", None, 2),
        ("商务部 海关总署公告2025年第56号", "关于某类物项实施出口管制的公告", 2),
        (None, "中华人民共和国出口管制法", 1),
        ("公告2025年第62号", None, 1),
    ]
    assert [MEMO[one.starts : one.starts + len(one.quote)] for one in found] == [
        one.quote for one in found
    ]
    assert found[0].quote == "MOFCOM Announcement No. 61 of 2025"
    assert found[1].core == "某类物项实施出口管制的公告"
    assert found[2].core == "出口管制法"
    assert [one.bare for one in found] == [False, False, False, True]
    assert found[3].doubt == "printed without its issuer"


def test_what_names_no_document_is_said() -> None:
    (found,) = read_mentions("按照《办法》办理。")
    assert (found.quote, found.starts, found.number, found.title) == ("《办法》", 2, None, None)
    assert "does not say" in (found.doubt or "")


def test_too_much_is_refused_with_what_to_do() -> None:
    with pytest.raises(TextRefused, match="give it in parts"):
        read_mentions("x" * (LONGEST_TEXT + 1))
    numbers = "、".join(f"商务部公告2025年第{n}号" for n in range(1, MOST_MENTIONS + 2))
    with pytest.raises(TextRefused, match="cites 501 documents"):
        read_mentions(numbers)


@given(
    st.text(alphabet="《》（）〔〕第年号公告令商务部关于的法 ,.\n2025Announcement No", max_size=120)
)
def test_quotes_are_the_words_of_the_text(text: str) -> None:
    for one in read_mentions(text):
        assert text[one.starts : one.starts + len(one.quote)] == one.quote
        assert one.quote
