"""Pages in every charset that the site has used are decoded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.charset import decode, is_text

TEXT = "商务部公告2025年第1号 公布对原产于欧盟的进口相关产品反倾销调查的裁定。" * 3
BIG5 = "商務部公告 公布對原產於歐盟的進口相關產品反傾銷調查的裁定。" * 3


@pytest.mark.parametrize(
    ("body", "content_type", "charset"),
    [
        (TEXT.encode("gbk"), 'text/html; charset="gb2312"', "gb18030"),
        (b'<meta charset="x-gbk">' + TEXT.encode("gbk"), None, "gb18030"),
        (b"<meta charset=gb2312>" + TEXT.encode("gbk"), "text/html; charset=utf-8", "gb18030"),
        (b"<meta charset=gb2312>" + TEXT.encode(), None, "utf-8"),
        # Of even length: GB18030 would read it without an error, as other characters.
        (b"<meta charset=gb2312>" + "公告通知，。裁定。".encode(), None, "utf-8"),
        (b"<meta charset=utf-8>" + TEXT.encode("gbk"), None, "gb18030"),
        (TEXT.encode(), "text/html; charset=iso-8859-1", "utf-8"),
        (TEXT.encode("utf-8-sig"), "text/html; charset=gbk", "utf-8"),
        (TEXT.encode("gb18030"), None, "gb18030"),
        (BIG5.encode("big5"), "text/html; charset=big5", "big5hkscs"),
    ],
)
def test_charset(body: bytes, content_type: str | None, charset: str) -> None:
    decoded = decode(body, content_type)
    assert decoded.charset == charset
    assert decoded.text.endswith("裁定。")
    assert decoded.replaced == 0


@pytest.mark.parametrize(
    "name",
    "undefined idna punycode base64 hex rot13 zlib bz2 quopri uu unicode_escape raw_unicode_escape utf-7 "
    "cp037 mbcs ../../etc/passwd x-user-defined".split(),
)  # fmt: skip
def test_a_name_that_is_no_charset_of_pages_is_none(name: str) -> None:
    body = TEXT.encode("gb18030") + b"\\ud800 +2AA-"
    for decoded in (
        decode(f"<meta charset={name}>".encode() + body),
        decode(body, f"text/html; charset={name}"),
        decode(body, None, name),
    ):
        assert (decoded.charset, TEXT in decoded.text) == ("gb18030", True)
        decoded.text.encode()


@pytest.mark.parametrize(
    "name", "gb2312 gbk gb18030 big5 euc-kr shift_jis iso-2022-jp utf-16-le utf_32 utf8".split()
)
def test_a_charset_of_pages_is_one(name: str) -> None:
    body = TEXT.encode("utf-8" if name in ("euc-kr", "shift_jis", "iso-2022-jp", "big5") else name)
    assert decode(body, None, name).charset == name


def test_a_capture_that_was_cut_within_a_character_stays_utf8() -> None:
    decoded = decode(b"<meta charset=utf-8>" + TEXT.encode()[:-1], None)
    assert decoded.charset == "utf-8"
    assert TEXT[:-1] in decoded.text


def test_chinese_that_happens_to_be_valid_utf8_is_read_as_declared() -> None:
    assert decode(b"<meta charset=gb2312>" + "联通".encode("gbk")).text.endswith("联通")


def test_what_cannot_be_read_is_counted() -> None:
    decoded = decode(b"<meta charset=utf-8>" + b"\xff" * 20, None)
    assert decoded.replaced == 0.5


def test_no_text_holds_a_nul() -> None:
    assert decode(b"a\0b").text == "a\N{REPLACEMENT CHARACTER}b"


def test_nothing_is_nothing() -> None:
    assert decode(b"").text == ""


_DECLARED = st.sampled_from(["", "gb2312", "utf-8", "big5", "utf-16", "iso-8859-1"])
_MARKS = st.sampled_from([b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"])
_TEXTS = st.text("商务部公告裁定 <p>é联通\0", max_size=40)
_PAGES = st.binary(max_size=60) | st.builds(
    str.encode, _TEXTS, st.sampled_from(["utf-8", "gb18030", "utf-16-le", "utf-16"])
)


@given(mark=_MARKS, meta=_DECLARED, page=_PAGES, header=_DECLARED)
def test_with_the_charset_given_the_text_is_the_same(
    mark: bytes, meta: str, page: bytes, header: str
) -> None:
    body = mark + (f"<meta charset={meta}>".encode() if meta else b"") + page
    chosen = decode(body, f"text/html; charset={header}" if header else None)
    assert decode(body, None, chosen.charset) == chosen


def test_a_given_charset_is_not_determined_again() -> None:
    assert decode("公告".encode("big5"), None, "big5").text == "公告"
    assert decode(b"<meta charset=big5>" + "公告".encode("gbk"), None, "gbk").text[-2:] == "公告"


def test_an_unknown_charset_is_determined_from_the_page() -> None:
    assert decode(TEXT.encode(), None, "klingon").charset == "utf-8"


@pytest.mark.parametrize(
    ("content_type", "text"),
    [
        (" Text/HTML; charset=x", True),
        ("application/json", True),
        ("application/pdf", False),
        ("", None),
        (None, None),
    ],
)
def test_what_is_text(content_type: str | None, text: bool | None) -> None:
    for untyped in (True, False):
        assert is_text(content_type, untyped=untyped) is (untyped if text is None else text)
