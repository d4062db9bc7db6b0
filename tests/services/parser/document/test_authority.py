"""Who may change what: a change that the page has no power to make has no authority, and says why."""

import pytest

from services.parser.document.read import read_document
from services.parser.layouts.page import Page, PageText
from shared.notice import Citation, Notice, PageKind

POLICY = "https://www.mofcom.gov.cn/zwgk/zcfb/art/2025/art_0.html"
REPEAL = "商务部公告2020年第1号自2025年12月1日起停止执行。"


def page(
    title: str, text: str, *, signed: str = "", url: str = POLICY, kind: PageKind = "notice"
) -> Notice:
    body = f"{text}\n{signed}\n2025年11月3日" if kind == "notice" else text
    meta = {"PubDate": "2025-11-03 22:00"}
    return read_document(Page("test", 1.0, kind, title, PageText(body), meta), url)


def change(one: Notice) -> Citation:
    found = [cited for cited in one.citations if cited.relation not in ("basis", "mentions")]
    assert len(found) == 1, one.citations
    return found[0]


@pytest.mark.parametrize(
    ("signed", "cited"),
    [
        ("商务部", "商务部公告2020年第1号"),
        ("商务部\n海关总署", "海关总署公告2020年第1号"),
        ("海关总署", "商务部 海关总署公告2020年第1号"),
        ("国务院办公厅", "商务部公告2020年第1号"),
        ("商务部", "外经贸部令2001年第1号"),
        ("商务部", "国家经贸委公告2002年第1号"),
        ("商务部", "外经贸部办公厅〔2001〕外经贸法发第606号"),
        ("商务部办公厅", "商办建函〔2020〕1号"),
        ("商务部", "不可靠实体清单工作机制〔2025〕7号"),
        # Neither number nor title says whose it is.
        ("海关总署", "《某管理办法》"),
    ],
)
def test_the_same_body_a_joint_one_a_superior_and_a_successor_may(signed: str, cited: str) -> None:
    one = page("关于废止有关文件的公告", f"自2025年12月1日起，{cited}停止执行。", signed=signed)

    assert (change(one).authority, change(one).reason) == (True, None)


@pytest.mark.parametrize(
    ("signed", "cited"),
    [
        ("海关总署", "商务部公告2020年第1号"),
        ("甲县商务局", "商务部公告2020年第1号"),
        ("某某股份有限公司", "商务部公告2020年第1号"),
        ("美国商务部", "商务部公告2020年第1号"),
        ("商务部办公厅", "商务部公告2020年第1号"),
        ("商务部", "国办发〔2020〕1号"),
        ("商务部", "《中华人民共和国对外贸易法》"),
        ("商务部", "商务部公告2026年第1号"),
    ],
)
def test_others_may_not_and_a_warning_says_why(signed: str, cited: str) -> None:
    one = page("关于废止有关文件的公告", f"自2025年12月1日起，{cited}停止执行。", signed=signed)

    assert change(one).relation == "repeals"
    assert not change(one).authority
    assert f"authority: {change(one).reason}" in " ".join(one.warnings)


@pytest.mark.parametrize(
    ("title", "url"),
    [
        (
            "关于废止有关文件的公告",
            "http://us.mofcom.gov.cn/article/jmxw/202511/20251103500000.shtml",
        ),
        ("关于废止有关文件的公告", "http://yichang.mofcom.gov.cn/article/zcfb/201511/2015.shtml"),
        ("美国商务部关于废止有关规则的公告", POLICY),
        ("某协会关于废止有关文件的通知", POLICY),
    ],
)
def test_a_page_of_others_changes_nothing(title: str, url: str) -> None:
    assert not change(page(title, REPEAL, url=url)).authority


@pytest.mark.parametrize(
    ("authority", "title"),
    [
        (True, "商务部新闻发言人就有关问题答记者问"),
        (True, "商务部安全与管制局负责人就某事答记者问"),
        (True, "新闻发言人就有关问题答记者问"),
        (False, "外交部发言人就有关问题答记者问"),
        (False, "某协会负责人就有关问题答记者问"),
        (False, "美国商务部部长就有关问题答记者问"),
    ],
)
def test_of_interviews_the_ministrys_own_count(authority: bool, title: str) -> None:
    one = page(title, f"问：怎么做？\n答：{REPEAL}", kind="interview")

    assert change(one).authority == authority


@pytest.mark.parametrize(
    ("listed", "signed", "url"),
    [
        (1, "不可靠实体清单工作机制", POLICY),
        (1, "商务部", POLICY),
        (0, "甲县商务局", POLICY),
        (0, "美国商务部", POLICY),
        (0, "某某股份有限公司", POLICY),
        (0, "商务部", "http://us.mofcom.gov.cn/article/jmxw/202511/20251103500000.shtml"),
    ],
)
def test_only_who_keeps_a_list_puts_on_it(listed: int, signed: str, url: str) -> None:
    text = "决定将甲有限公司列入不可靠实体清单，自2025年12月1日起施行。"

    one = page("关于将有关企业列入清单的公告", text, signed=signed, url=url)

    assert len(one.listed_entities) == listed
    assert bool(listed) != any(warning.startswith("listed_entities") for warning in one.warnings)
