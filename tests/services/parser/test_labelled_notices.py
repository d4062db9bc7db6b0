"""The 24 labelled notices, set into the real markup of 2026 and of 2018-2019.

Where the parser and a label disagree, who is right is written down in `DISAGREEMENTS`.
"""

import json
import re
from datetime import date
from typing import Any

import pytest

from services.parser.parse import parse
from shared.chinese.characters import fold
from shared.chinese.dates import find_dates
from shared.notice import Notice
from testing.corpus import SHARED, shared
from testing.markup import SETTINGS, page_2018, page_2026
from tests.services.parser.evidence import check_evidence

_FILE = SHARED / "data/notices/labelled-notices.json"
NOTICES: list[dict[str, Any]] = json.loads(_FILE.read_text("utf-8")) if _FILE.exists() else []
_NUMBER_LINE = re.compile(r"^商务部公告\d{4}年第\d+号$")
_TIME_LINE = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d$")

# Short key of the notice: what differs, and who is right.
DISAGREEMENTS = {
    # The label's title leaves out the number that MOFCOM prints before it; the page's own title has
    # it, and a notice's title is the page's own. Compared without the number.
    "title": "商务部公告2025年第N号 before the title is part of the page's title",
    # 外交部令第4号 … are labelled 第4号: the label leaves out issuer and type.
    "document_id": "the label gives the serial only",
    # Listed as 2024-12-21 in the label; folder and file name of the address say 20241222. The text is
    # signed 2024年12月21日: label and parser agree against the address.
    "t20241222_11514801": "none: the address is a day later than the document",
}


def set_into(notice: dict[str, Any], layout: str, setting: str) -> Notice:
    lines = [line for line in notice["text"].split("\n")[1:] if line.strip()]
    title = lines.pop(0)
    if _NUMBER_LINE.match(title):
        title += " " + lines.pop(0)
    time = lines.pop(0) if _TIME_LINE.match(lines[0]) else "2025-01-01 09:00"
    body = SETTINGS[setting](lines)
    page = (
        page_2026(title, body, time=time)
        if layout == "2026"
        else page_2018(title, body, time=time + ":00")
    )
    return parse(page, notice["gold"]["url"])


def test_all_24_are_there() -> None:
    shared("data/notices/labelled-notices.json")
    assert len(NOTICES) == 24


@pytest.mark.parametrize("layout", ["2026", "2018"])
@pytest.mark.parametrize("setting", sorted(SETTINGS))
@pytest.mark.parametrize("labelled", NOTICES, ids=lambda one: one["gold"]["url"][-12:-5])
def test_labelled_notice(labelled: dict[str, Any], setting: str, layout: str) -> None:
    notice = set_into(labelled, layout, setting)
    check_evidence(notice)
    gold = labelled["gold"]
    title = next(one["zh-Hans"] for one in gold["title"] if "zh-Hans" in one)
    assert notice.title is not None
    assert re.sub(r"^商务部公告\d{4}年第\d+号 ", "", notice.title) == title

    if gold["type"].endswith("spokesperson-speech"):
        assert notice.page_kind == "interview"
        assert (notice.document_number, notice.issued_on, notice.issuers) == (None, None, ())
        return
    assert notice.page_kind == "notice"
    assert notice.issued_on == date.fromisoformat(gold["publish_date"])
    assert notice.warnings == ()
    issuer = {
        "cn/ministry-of-foreign-affairs": "外交部",
        "cn/ministry-of-commerce": "商务部",
        "cn/unreliable-entity-list-working-mechanism": "不可靠实体清单工作机制",
    }[gold["authority"]]
    assert notice.issuers == (issuer,)
    assert notice.department == labelled["issuing_unit"]

    assert notice.document_number is not None
    assert notice.document_number.endswith(gold["document_id"])
    assert notice.document_number.startswith(issuer)
    if labelled["doc_number"]:
        assert notice.document_number == labelled["doc_number"]
    if labelled["issue_date"]:
        assert notice.issued_on == find_dates(fold(labelled["issue_date"]))[0].value
    assert notice.document_type == ("令" if issuer == "外交部" else "公告")
