"""Pages of every charset that the site has used come out right."""

import pytest

from shared.charset import decode

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
