"""How a notice is cited."""

from datetime import UTC, date, datetime
from typing import Any

from services.console.web.citation import in_chinese, in_english

CAPTURED = datetime(2025, 10, 9, 20, tzinfo=UTC)
ROW: dict[str, Any] = {
    "notice_key": "商务部2025-62",
    "document_number": "商务部公告2025年第62号",
    "title": "公布对稀土相关技术实施出口管制的决定",
    "title_en": "Decision on Export Controls",
    "issuers": ["商务部"],
    "issued_on": date(2025, 10, 9),
    "archived_url": "https://web.archive.org/web/20251009200000/http://www.mofcom.gov.cn/1.html",
}


def test_in_chinese() -> None:
    # The capture was made on the next day in China.
    assert in_chinese(ROW, CAPTURED) == (
        "商务部. 公布对稀土相关技术实施出口管制的决定: 商务部公告2025年第62号[EB/OL]. (2025-10-09)[2025-10-10]. "
        f"{ROW['archived_url']}."
    )
    numbered = ROW | {"title": "商务部公告2025年第62号 公布决定"}
    assert in_chinese(numbered, None).startswith(
        "商务部. 商务部公告2025年第62号 公布决定[EB/OL]. (2025"
    )


def test_in_english() -> None:
    assert in_english(ROW, ["Ministry of Commerce"], CAPTURED) == (
        "Ministry of Commerce, Decision on Export Controls, 公布对稀土相关技术实施出口管制的决定, "
        "商务部公告2025年第62号, 9 October 2025, "
        f"archived 10 October 2025, {ROW['archived_url']}."
    )
    untranslated = ROW | {"title": "商务部公告2025年第62号 公布决定", "title_en": None}
    assert in_english(untranslated, ["Ministry of Commerce"], None) == (
        "Ministry of Commerce, 商务部公告2025年第62号 公布决定, 9 October 2025."
    )


def test_of_little_that_is_known() -> None:
    nothing = dict.fromkeys(ROW) | {"notice_key": "url:1", "issuers": []}
    assert in_chinese(nothing, None) == "url:1[EB/OL]."
    assert in_english(nothing | {"title": "通知"}, [], None) == "通知."
