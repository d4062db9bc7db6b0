"""Entities of list notices: in annexes, in sentences, behind a sentence, in tables."""

from datetime import date

import pytest

from services.parser.document.document import Document, Reading
from services.parser.document.entity_lists.read import read
from services.parser.document.stages import read_stages
from services.parser.layouts.page import Page, PageText
from shared.notice import ListedEntity, PageKind
from testing.corpus import shared
from tests.services.parser.document.documents import (
    LABELLED,
    URL,
    check_evidence,
    labelled,
    notice,
    quotes,
)

_HEAD = "【发布单位】安全与管制局\n【发布文号】商务部公告2026年第12号\n"
_FOOT = "\n本公告自公布之日起正式实施。\n商务部\n2026年2月24日"
_MEASURES = "一、禁止上述企业从事与中国有关的进出口活动；\n二、禁止上述企业在中国境内新增投资。"

# Place in the file: list, number of entities, first and last name, effective on.
_EXPECTED = {
    0: ("反制清单", 2, "余茂春", "托德·斯坦恩", date(2022, 12, 23)),
    1: ("反制清单", 2, "通用原子航空系统公司", "通用动力陆地系统公司", date(2024, 4, 11)),
    2: ("反制清单", 22, "洛克希德·马丁导弹与火控公司", "克里斯托弗·布雷迪", date(2024, 5, 22)),
    3: ("反制清单", 9, "内华达山脉公司", "埃克索维拉公司", date(2024, 9, 18)),
    4: ("反制清单", 22, "维吾尔人权倡导项目", "永东丹增", date(2024, 12, 21)),
    5: ("反制清单", 7, "英斯图公司", "国际海洋工程公司", date(2024, 12, 27)),
    6: ("反制清单", 1, "石平", "石平", date(2025, 9, 8)),
    7: ("反制清单", 1, "岩崎茂", "岩崎茂", date(2025, 12, 15)),
    8: ("反制清单", 30, "诺斯罗普·格鲁曼系统公司", "杰伊·霍夫利奇", date(2025, 12, 26)),
    9: ("出口管制管控名单", 28, "通用动力公司", "顶峰科技公司", date(2025, 1, 2)),
    10: ("出口管制管控名单", 15, "莱多斯公司", "宇航环境公司", date(2025, 3, 4)),
    11: ("出口管制管控名单", 16, "高点航空技术公司", "ACT1联邦公司", date(2025, 4, 4)),
    # In force the day after, at 12:01.
    12: ("出口管制管控名单", 12, "美国光子公司", "英斯图公司", date(2025, 4, 10)),
    13: ("出口管制管控名单", 3, "亨廷顿·英格尔斯工业公司", "全球维度公司", date(2025, 9, 25)),
    15: ("不可靠实体清单", 2, "洛克希德·马丁公司", "雷神导弹与防务公司", date(2023, 2, 16)),
    # Tells of the notice of 2023 and warns a third company, which it does not list.
    16: (
        "不可靠实体清单",
        2,
        "通用原子航空系统公司",
        "通用动力陆地系统公司",
        date(2024, 5, 20),
    ),
    17: (
        "不可靠实体清单",
        1,
        "波音防务、空间与安全集团",
        "波音防务、空间与安全集团",
        date(2024, 5, 20),
    ),
    18: ("不可靠实体清单", 7, "海岸间电子公司", "海上战术系统公司", date(2025, 1, 14)),
    19: ("不可靠实体清单", 4, "环太平洋防务公司", "顶峰科技公司", date(2025, 1, 15)),
    20: ("不可靠实体清单", 2, "PVH集团", "因美纳公司", date(2025, 2, 4)),
    21: ("不可靠实体清单", 10, "特科姆公司", "扁平地球管理公司", date(2025, 3, 4)),
    22: ("不可靠实体清单", 11, "斯凯迪奥公司", "英斯图公司", date(2025, 4, 4)),
    23: ("不可靠实体清单", 6, "护盾人工智能公司", "哈德森技术公司", date(2025, 4, 10)),
}


def verbatim(value: ListedEntity) -> dict[str, object]:
    return {
        "name_zh": value.name_zh,
        "name_latin": value.name_latin,
        "address": value.address,
    }


def read_checked(document: Document) -> Reading[tuple[ListedEntity, ...]]:
    reading = read(document)
    check_evidence(document, reading, verbatim)
    return reading


def test_labelled_notices_are_there() -> None:
    shared("data/notices/labelled-notices.json")
    assert len(LABELLED) == 24


@pytest.mark.parametrize("layout", ["2026", "2018"])
@pytest.mark.parametrize("setting", ["paragraphs", "broken_spans", "with_breaks"])
@pytest.mark.parametrize("number", sorted(_EXPECTED) if LABELLED else [])
def test_labelled_notice(number: int, setting: str, layout: str) -> None:
    name, count, first, last, since = _EXPECTED[number]
    document = labelled(number, layout=layout, setting=setting)
    reading = read_checked(document)
    assert reading.warnings == ()
    assert len(reading.value) == count
    assert {one.list for one in reading.value} == {name}
    assert {one.action for one in reading.value} == {"add"}
    assert (reading.value[0].name_zh, reading.value[-1].name_zh) == (first, last)
    assert {one.effective_on for one in reading.value} == {since}
    in_annex = number not in (6, 15, 16, 17, 18, 19, 20, 23)
    assert [one.position for one in reading.value] == (
        list(range(1, count + 1)) if in_annex else [None] * count
    )


@pytest.mark.skipif(not LABELLED, reason="shared data not beside the checkout")
def test_labelled_names_and_kinds() -> None:
    values = read(labelled(8)).value
    assert [one.kind for one in values] == ["organisation"] * 20 + ["person"] * 10
    assert (values[3].name_zh, values[3].name_latin) == ("吉布斯与考克斯公司", "Gibbs & Cox, Inc.")
    assert (values[26].name_zh, values[26].name_latin) == ("丹·斯穆特", "Dan Smoot")
    # A number without an entry (29.) ends the list of the first notice of 2025.
    assert [one.name_latin for one in read(labelled(9)).value][-1] == "Summit Technologies Inc."
    # Branches of a person's post: 法律顾问戴维·马塔斯、萨拉·泰什.
    assert [one.name_zh for one in read(labelled(4)).value[2:6]] == [
        "穆罕默德·土赫提",
        "贾丝明·凯因特",
        "戴维·马塔斯",
        "萨拉·泰什",
    ]
    assert read(labelled(6)).value[0].kind == "person"
    # An interview lists nobody.
    assert read(labelled(14)).value == ()


def test_list_in_an_annex_with_addresses_and_names_on_lines_of_their_own() -> None:
    document = notice(
        "商务部公告2026年第12号 公布将3家日本实体列入关注名单",
        _HEAD
        + "决定将甲株式会社等无法核实两用物项最终用户、最终用途的3家日本实体列入关注名单（见附件）。\n"
        "列入关注名单的实体履行配合核查义务的，可申请移出关注名单。商务部核实后，可以将其移出关注名单。"
        + _FOOT
        + "\n附件\n关注名单\n（2026年2月24日）\n1. 甲株式会社（ALPHA Corporation (AC)）\n"
        "2.防卫大学（National Defense Academy）\n地址：Yokosuka, Kanagawa\n邮编：2390811\n"
        "3.东京科学大学\n（Institute of Science）",
    )
    reading = read_checked(document)
    assert reading.warnings == ()
    assert [one.action for one in reading.value] == ["add"] * 3
    assert [(one.name_zh, one.name_latin, one.address) for one in reading.value] == [
        ("甲株式会社", "ALPHA Corporation (AC)", None),
        ("防卫大学", "National Defense Academy", "Yokosuka, Kanagawa"),
        ("东京科学大学", "Institute of Science", None),
    ]
    found = quotes(document, reading)
    assert found["listed_entities[1].list"] == "关注名单"
    assert found["listed_entities[1].action"] == "列入"
    assert found["listed_entities[1].position"] == "2."
    assert found["listed_entities[1].effective_on"] == "自公布之日起正式实施"


def test_list_in_a_table() -> None:
    document = notice(
        "商务部公告2026年第30号 公布将2家欧盟实体列入出口管制管控名单",
        "<p>【发布文号】商务部公告2026年第30号</p><p>决定将甲集团等2家欧盟实体列入出口管制管控名单（见附件）。</p>"
        "<p>本公告自公布之日起正式实施。</p><p>商务部</p><p>2026年7月24日</p><p>附件</p><p>出口管制管控名单</p>"
        "<table><tr><td>序号</td><td>中文名称</td><td>英文名称</td><td>地址</td></tr>"
        "<tr><td>1</td><td>甲集团</td><td>Alpha Group</td><td rowspan=2>Smitweg 6</td></tr>"
        "<tr><td>2</td><td>乙公司</td><td>Beta a.s.</td></tr></table>",
    )
    reading = read_checked(document)
    assert reading.warnings == ()
    assert [
        one.model_dump(exclude={"list", "action", "kind", "former_name", "until", "confidence"})
        for one in reading.value
    ] == [
        {
            "name_zh": zh,
            "name_latin": latin,
            "country": "欧盟",
            "address": "Smitweg 6",
            "position": position,
            "effective_on": date(2026, 7, 24),
        }
        for zh, latin, position in (("甲集团", "Alpha Group", 1), ("乙公司", "Beta a.s.", 2))
    ]


def test_list_behind_the_sentence_ends_before_the_measures() -> None:
    document = notice(
        "不可靠实体清单工作机制关于将三家美国企业列入不可靠实体清单的公告",
        "决定将下列3家企业列入不可靠实体清单：\n1.甲公司（Alpha Inc.）\n2.乙公司（Beta Inc.）\n3.丙公司\n"
        + _MEASURES
        + _FOOT,
    )
    reading = read_checked(document)
    assert [one.name_zh for one in reading.value] == ["甲公司", "乙公司", "丙公司"]
    assert [one.position for one in reading.value] == [1, 2, 3]
    assert reading.warnings == ()


def test_removal_is_dated_by_its_own_sentence_and_earlier_listings_are_told() -> None:
    document = notice(
        "不可靠实体清单工作机制关于移出不可靠实体清单的公告",
        "2025年1月14日，不可靠实体清单工作机制决定将海岸间电子公司（Inter-Coastal Electronics）列入不可靠实体清单。\n"
        "经申请，不可靠实体清单工作机制决定自2026年3月1日起将海岸间电子公司（Inter-Coastal Electronics）移出不可靠实体清单。"
        + _FOOT,
    )
    (value,) = read_checked(document).value
    assert (value.action, value.name_zh) == ("remove", "海岸间电子公司")
    assert value.effective_on == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("sentence", "action"),
    [
        ("决定将甲公司从不可靠实体清单中移出。", "remove"),
        ("决定自2026年3月1日起，继续暂停对甲公司的不可靠实体清单相关措施90天。", "suspend"),
        ("决定自2026年3月1日起，恢复对甲公司的不可靠实体清单相关措施。", "resume"),
        ("决定将不可靠实体清单中的“旧公司”名称变更为“甲公司（Alpha Inc.）”。", "amend"),
    ],
)
def test_actions(sentence: str, action: str) -> None:
    (value,) = read_checked(notice("公告", sentence + _FOOT)).value
    assert (value.list, value.action, value.name_zh) == ("不可靠实体清单", action, "甲公司")


@pytest.mark.parametrize(
    ("sentence", "former"),
    [
        ("将不可靠实体清单中的“旧公司”名称变更为“甲公司（Alpha Inc.）”。", "旧公司"),
        ("将不可靠实体清单中旧公司（Old Inc.）的中文名称修改为甲公司。", "旧公司"),
        ("将不可靠实体清单所列企业名称由“Old Inc.”更正为“Alpha Inc.（甲公司）”。", "Old Inc."),
    ],
)
def test_an_amended_entry_has_both_names(sentence: str, former: str) -> None:
    (value,) = read_checked(notice("公告", "决定" + sentence + _FOOT)).value
    assert (value.action, value.name_zh, value.former_name) == ("amend", "甲公司", former)


def test_amended_entries_in_a_table() -> None:
    document = notice(
        "公告",
        "<p>决定将不可靠实体清单中部分企业名称作变更，将有关名称变更为下列名称（见附件）。</p><p>商务部</p><p>2026年7月24日</p>"
        "<p>附件</p><p>不可靠实体清单名称变更表</p>"
        "<table><tr><td>序号</td><td>变更前名称</td><td>变更后名称</td></tr>"
        "<tr><td>1</td><td>旧公司</td><td>甲公司</td></tr></table>",
    )
    (value,) = read_checked(document).value
    assert (value.action, value.name_zh, value.former_name) == ("amend", "甲公司", "旧公司")


@pytest.mark.parametrize(
    "sentence",
    [
        "经商务部核实后，可以将其移出关注名单。",
        "商务部可将其列入出口管制管控名单。",
        "2023年2月16日，不可靠实体清单工作机制将甲公司（Alpha Inc.）列入不可靠实体清单。",
        "决定公布《不可靠实体清单规定》。",
        "自2025年11月10日起，暂停实施《关于对甲公司5家美国相关子公司采取反制措施的决定》所列措施1年。",
    ],
)
def test_what_lists_nobody(sentence: str) -> None:
    assert read(notice("公告", sentence + _FOOT)).value == ()


def test_count_differs_when_the_list_is_an_attachment() -> None:
    document = notice(
        "商务部公告2025年第1号 公布将28家美国实体列入出口管制管控名单",
        _HEAD + "决定将通用动力公司等28家美国实体列入出口管制管控名单（见附件）。" + _FOOT,
    )
    reading = read_checked(document)
    assert [one.name_zh for one in reading.value] == ["通用动力公司"]
    assert reading.warnings == ("listed_entities: the text states 28, 1 were found",)


def test_no_name_is_invented() -> None:
    document = notice(
        "公布将有关实体列入出口管制管控名单",
        _HEAD + "决定将下列10家实体列入出口管制管控名单（见附件）。" + _FOOT,
    )
    reading = read(document)
    assert reading.value == ()
    assert "listed_entities: no name is printed in the text" in reading.warnings


def test_two_annexes_two_actions() -> None:
    document = notice(
        "商务部公告2026年第50号",
        _HEAD + "一、决定将甲公司等2家实体列入出口管制管控名单（见附件1）。\n"
        "二、决定将丙公司移出出口管制管控名单（见附件2）。"
        + _FOOT
        + "\n附件1\n列入出口管制管控名单的实体\n1.甲公司（Alpha Inc.）\n2.乙公司（Beta Inc.）\n"
        "附件2\n移出出口管制管控名单的实体\n1.丙公司（Gamma Inc.）",
    )
    reading = read_checked(document)
    assert [(one.action, one.name_zh) for one in reading.value] == [
        ("add", "甲公司"),
        ("add", "乙公司"),
        ("remove", "丙公司"),
    ]
    assert reading.warnings == ()


def test_branches_have_no_position_of_their_own() -> None:
    document = notice(
        "公告",
        "决定将甲公司等2家实体列入不可靠实体清单。"
        + _FOOT
        + "\n附件\n列入不可靠实体清单的实体\n1.甲公司及其分支机构（Alpha Inc. and its branches）\n（1）Alpha Europe Sp. z.o.o.\n"
        "2.乙公司（Beta Inc.）",
    )
    reading = read_checked(document)
    assert [(one.name_zh, one.name_latin, one.position) for one in reading.value] == [
        ("甲公司及其分支机构", "Alpha Inc. and its branches", 1),
        (None, "Alpha Europe Sp. z.o.o.", None),
        ("乙公司", "Beta Inc.", 2),
    ]
    assert reading.warnings == ()


@pytest.mark.parametrize(("kind", "entries"), [("notice", 1), ("news", 0), ("interview", 0)])
def test_only_notices_list(kind: PageKind, entries: int) -> None:
    text = PageText("决定将甲公司（Alpha Inc.）列入不可靠实体清单。" + _FOOT)
    document = Document(Page("test", 1.0, kind, "公告", text), URL)
    found = read_stages(document, last="listed_entities").found["listed_entities"]
    assert isinstance(found, tuple)
    assert len(found) == entries


def test_a_person_is_called_without_the_post_before_the_name() -> None:
    document = notice(
        "关于对甲研究所、乙图书馆及其负责人采取反制措施的决定",
        "中方决定对甲研究所、乙图书馆及其负责人等后附《反制清单》列明的机构和个人采取以下反制措施：\n"
        "一、对甲研究所、乙图书馆等2家机构：\n二、对甲研究所所长约翰·李等2名个人：\n"
        + _FOOT
        + "\n附件\n反制清单\n一、甲研究所\n二、乙图书馆\n三、甲研究所所长约翰·李（John Li），男\n"
        "四、美国众议院“特设委”前任主席、某州前联邦众议员玛丽·王（Mary Wang），女",
    )
    reading = read_checked(document)
    assert [(one.name_zh, one.name_latin, one.kind) for one in reading.value] == [
        ("甲研究所", None, "organisation"),
        ("乙图书馆", None, "organisation"),
        ("约翰·李", "John Li", "person"),
        ("玛丽·王", "Mary Wang", "person"),
    ]


def test_branches_behind_dashes() -> None:
    document = notice(
        "公告",
        "决定将Alpha公司及其分支机构等外国实体列入不可靠实体清单。"
        + _FOOT
        + "\n附\n被列入不可靠实体清单的外国实体\n1. Alpha公司（Alpha Inc.）及其分支机构\n"
        "　　-Alpha Europe Sp zo.o\n　　-Alpha Japan KK\n2. 乙公司（Beta Inc.）",
    )
    reading = read_checked(document)
    assert [(one.name_zh, one.name_latin, one.position) for one in reading.value] == [
        ("Alpha公司", "Alpha Inc.", 1),
        (None, "Alpha Europe Sp zo.o", None),
        (None, "Alpha Japan KK", None),
        ("乙公司", "Beta Inc.", 2),
    ]
    assert {one.kind for one in reading.value} == {"organisation"}
    assert reading.warnings == ()


def test_a_country_before_latin_letters_is_no_part_of_the_name() -> None:
    document = notice(
        "关于将美国ABC集团和乙公司列入不可靠实体清单的公告",
        "决定将美国ABC集团和乙公司（Beta Inc.）列入不可靠实体清单。" + _FOOT,
    )
    assert [one.name_zh for one in read(document).value] == ["ABC集团", "乙公司"]


def test_measures_on_one_that_is_listed_already() -> None:
    document = notice(
        "关于对美国乙公司采取不可靠实体清单处理措施的公告",
        "工作机制决定于2025年2月4日将美国乙公司（Beta, Inc.）列入不可靠实体清单。"
        "现决定对该企业采取以下处理措施：\n禁止其向中国出口测序仪。\n" + _FOOT,
    )
    reading = read_checked(document)
    assert [(one.name_zh, one.name_latin, one.action) for one in reading.value] == [
        ("乙公司", "Beta, Inc.", "amend")
    ]


def test_addresses_in_the_brackets_of_a_sentence_and_behind_a_name() -> None:
    document = notice(
        "公告",
        "决定将甲公司（Alpha Inc.，地址：1 Main Street, Arlington, VA）和乙公司（Beta LLC）等2家实体列入管控名单。"
        + _FOOT,
    )
    reading = read_checked(document)
    assert [(one.name_zh, one.name_latin, one.address) for one in reading.value] == [
        ("甲公司", "Alpha Inc.", "1 Main Street, Arlington, VA"),
        ("乙公司", "Beta LLC", None),
    ]
    document = notice(
        "公告",
        "决定将下列1家实体列入管控名单。"
        + _FOOT
        + "\n附件\n管控名单\n1.甲公司（Alpha Inc.），地址：1 Main Street, VA。",
    )
    assert [one.address for one in read_checked(document).value] == ["1 Main Street, VA"]


def test_the_chinese_name_on_the_line_below_the_foreign_one() -> None:
    document = notice(
        "公告",
        "决定将2家实体列入管控名单。"
        + _FOOT
        + "\n附件\n管控名单\n1、Alpha Inc.\n甲公司\n地址：1 Main Street\n2、Beta LLC\n乙公司",
    )
    reading = read_checked(document)
    assert [(one.name_zh, one.name_latin, one.address) for one in reading.value] == [
        ("甲公司", "Alpha Inc.", "1 Main Street"),
        ("乙公司", "Beta LLC", None),
    ]
    assert reading.warnings == ()


def names(
    text: str, title: str = "公告", kind: PageKind = "notice"
) -> list[tuple[str, str | None]]:
    if kind == "interview":
        title = "商务部新闻发言人就某事答记者问"
    document = notice(title, text + (_FOOT if kind == "notice" else ""))
    document.page_kind = kind
    reading = read_checked(document)
    return [(one.action, one.name_latin or one.name_zh) for one in reading.value]


@pytest.mark.parametrize(
    "text",
    [
        "第七条　有关部门可以决定对下列组织采取反制措施：\n（一）列入反制清单组织的子公司；",
        "第九条　主管部门决定将有前款规定情形的进口商、最终用户列入管控名单。",
        "第十三条　工作机制应当决定将其移出不可靠实体清单。",
        "工作机制可以决定将有关外国实体列入不可靠实体清单。",
        "根据调查结果，作出是否将有关外国实体列入不可靠实体清单的决定，并予以公告。",
        "对列入不可靠实体清单的外国实体，工作机制可以决定禁止其从事与中国有关的进出口活动。",
        "列入不可靠实体清单的外国实体不得在中国境内投资。",
        "决定不将甲公司列入不可靠实体清单。",
        "拟将甲公司列入不可靠实体清单。",
        "建议将甲公司列入不可靠实体清单。",
        "如甲公司拒不改正，工作机制将甲公司列入不可靠实体清单。",
        "网传商务部决定将甲公司列入不可靠实体清单系谣言。",
        "决定将有关外国实体列入不可靠实体清单。",
        "第九条　主管部门决定将甲公司（Alpha Inc.）列入管控名单。",
        "此前解除对甲公司（Alpha Inc.）采取的反制措施。",
        "决定将美国28家实体列入管控名单。",
        "决定将美国军工企业列入管控名单。",
        "决定将列入管控名单的甲公司予以通报。",
        "决定将其移出不可靠实体清单。",
    ],
)
def test_rules_and_what_is_not_decided_list_nobody(text: str) -> None:
    assert names(text) == []


def test_a_rule_on_a_class_is_no_doubt() -> None:
    reading = read(notice("公告", "有关外国实体自2026年3月1日起移出管控名单。" + _FOOT))
    assert (reading.value, reading.warnings) == ((), ())


def test_a_draft_lists_nobody() -> None:
    assert names("决定将甲公司列入不可靠实体清单。", "关于某公告（征求意见稿）的意见") == []


def test_acts_under_numbered_clauses() -> None:
    document = notice(
        "公告",
        "为规范管理，决定对有关清单作出调整，现公告如下：\n"
        "一、自2026年3月10日起，将甲公司（Alpha Inc.）移出不可靠实体清单。\n"
        "二、自2026年3月11日起，将乙公司（Beta Co., Ltd.）列入不可靠实体清单；将丙公司（Gamma）移出出口管制管控名单。\n"
        "三、自2026年3月12日起，暂停对丁公司采取的不可靠实体清单措施90天。" + _FOOT,
    )
    reading = read_checked(document)
    assert [
        (one.list[:3], one.action, one.name_zh, one.effective_on.day)
        for one in reading.value
        if one.effective_on
    ] == [
        ("不可靠", "remove", "甲公司", 10),
        ("不可靠", "add", "乙公司", 11),
        ("出口管", "remove", "丙公司", 11),
        ("不可靠", "suspend", "丁公司", 12),
    ]
    until = reading.value[3].until
    assert until is not None
    assert until.date() == date(2026, 6, 10)
    assert quotes(document, reading)["listed_entities[3].until"] == "90天"


@pytest.mark.parametrize(
    ("names_in_text", "expected"),
    [
        ("立陶宛UAB Alfa Bankas和AB Beta Kredit两家银行", ["UAB Alfa Bankas", "AB Beta Kredit"]),
        (
            "Alpha Co., Ltd.、Beta, Inc.、立陶宛UAB Gamma和美国Delta Corp.等4家实体",
            ["Alpha Co., Ltd.", "Beta, Inc.", "UAB Gamma", "Delta Corp."],
        ),
        (
            "Alpha GmbH、Beta & Sons S.A.和Gamma N.V.三家公司",
            ["Alpha GmbH", "Beta & Sons S.A.", "Gamma N.V."],
        ),
        (
            "甲公司（又名甲集团，英文名称：Alpha Inc.）、乙公司（Beta LLC，又名Beta Trading）",
            ["Alpha Inc.", "Beta LLC"],
        ),
        ("甲公司Alpha Inc.和乙公司", ["Alpha Inc.", "乙公司"]),
        ("甲公司和有关外国实体", ["甲公司"]),
    ],
)
def test_names_in_a_sentence(names_in_text: str, expected: list[str]) -> None:
    text = f"决定将{names_in_text}列入出口管制管控名单。"
    assert names(text) == [("add", name) for name in expected]


def test_a_place_is_known_by_the_title() -> None:
    document = notice(
        "关于对亚特兰蒂斯两家金融机构采取反制措施的决定",
        "中方决定将亚特兰蒂斯UAB Alfa Bankas和AB Beta Kredit两家银行列入反制清单。" + _FOOT,
    )
    reading = read_checked(document)
    assert [(one.name_zh, one.name_latin) for one in reading.value] == [
        (None, "UAB Alfa Bankas"),
        (None, "AB Beta Kredit"),
    ]
    assert reading.warnings == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("对甲公司（Alpha Inc.）停止出口管制管控名单措施", [("remove", "Alpha Inc.")]),
        ("继续暂停对甲公司（Alpha Inc.）的不可靠实体清单措施90天", [("suspend", "Alpha Inc.")]),
        (
            "对列入出口管制管控名单的甲公司（Alpha Inc.）、乙公司暂停实施相关措施1年",
            [("suspend", "Alpha Inc."), ("suspend", "乙公司")],
        ),
        ("对甲公司采取的不可靠实体清单措施予以恢复", [("resume", "甲公司")]),
    ],
)
@pytest.mark.parametrize("kind", ["notice", "interview"])
def test_measures_on_named_entities(
    text: str, expected: list[tuple[str, str]], kind: PageKind
) -> None:
    assert names(f"答：自2025年11月10日起，{text}。", kind=kind) == expected


def test_an_answer_adds_nobody_and_does_not_do_what_it_denies() -> None:
    for text in (
        "答：不可靠实体清单工作机制决定将甲公司（Alpha Inc.）列入不可靠实体清单。",
        "问：是否暂停对甲公司的不可靠实体清单措施？",
        "答：中方未暂停对甲公司的不可靠实体清单措施。",
        "答：美国商务部决定暂停对甲公司的管控名单措施。",
    ):
        assert names(text, kind="interview") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "决定将甲公司从管控名单中移除，并将丙公司（Gamma GmbH）增列入管控名单。",
            [("remove", "甲公司"), ("add", "Gamma GmbH")],
        ),
        (
            "决定将甲公司（Alpha Inc.）列入管控名单和不可靠实体清单。",
            [("add", "Alpha Inc."), ("add", "Alpha Inc.")],
        ),
        ("决定把甲公司列入管控名单。", [("add", "甲公司")]),
        ("经甲公司申请，工作机制决定将其移出不可靠实体清单。", [("remove", "甲公司")]),
        ("甲公司（Alpha Inc.）自2026年3月1日起移出管控名单。", [("remove", "Alpha Inc.")]),
        ("决定解除对甲公司（Alpha Inc.）采取的反制措施。", [("remove", "Alpha Inc.")]),
        (
            "决定将Alpha LLC（地址：1 Main St., Austin）、乙集团及其子公司（Beta Group）列入管控名单。",
            [("add", "Alpha LLC"), ("add", "Beta Group")],
        ),
        (
            "决定将下列实体列入管控名单：\n1.甲公司（Alpha Inc.）\n2.L3Harris Technologies",
            [("add", "Alpha Inc."), ("add", "L3Harris Technologies")],
        ),
        (
            "自2026年2月1日起，将原列入管控名单的甲公司（Alpha Inc.）、乙公司调出。",
            [("remove", "Alpha Inc."), ("remove", "乙公司")],
        ),
        ("决定撤销将甲公司列入不可靠实体清单的决定。", [("remove", "甲公司")]),
        (
            "自2026年2月1日起，停止执行商务部公告2025年第13号对甲公司采取的管控名单措施。",
            [("remove", "甲公司")],
        ),
        (
            "停止列入管控名单的甲公司（Alpha Inc.）的相关措施。",
            [("remove", "Alpha Inc.")],
        ),
        (
            "决定对甲公司采取不可靠实体清单措施，并停止审批其申请。",
            [("add", "甲公司")],
        ),
        ("决定继续对甲公司实施不可靠实体清单措施。", []),
        ("决定终止对甲公司的不可靠实体清单调查，不将其列入不可靠实体清单。", []),
    ],
)
def test_acts_in_other_words(text: str, expected: list[tuple[str, str]]) -> None:
    assert names(text) == expected


def test_measures_of_a_list_are_a_listing_in_doubt() -> None:
    document = notice("公告", "决定对甲公司（Alpha Inc.）采取不可靠实体清单措施。" + _FOOT)
    reading = read_checked(document)
    assert [(one.action, one.name_latin) for one in reading.value] == [("add", "Alpha Inc.")]
    assert reading.warnings == ("listed_entities: measures of the list are read as a listing",)


def test_only_those_who_keep_a_list_put_anybody_on_it() -> None:
    text = "根据商务部公告，决定将乙公司（Beta Inc.）列入不可靠实体清单。"
    for title, body in (
        ("某某公司关于有关事项的公告", text),
        ("某县商务局关于有关事项的公告", text + "\n某县商务局\n2026年2月24日"),
    ):
        document = notice(title, body)
        document.issuers = ("江苏省商务厅",) if "县" in title else ()
        reading = read(document)
        assert reading.value == ()
        assert len(reading.warnings) == 1


@pytest.mark.parametrize(
    ("lines", "zh", "latin"),
    [
        ("1. Alpha, Inc. 阿尔法公司", "阿尔法公司", "Alpha, Inc."),
        ("1. 甲公司\nBeta LLC (a.k.a. Beta Trading)", "甲公司", "Beta LLC"),
        ("1. 丙大学 / Gamma University", "丙大学", "Gamma University"),
        ("1. Beta LLC (BTC)", None, "Beta LLC"),
    ],
)
def test_two_scripts_on_a_line_of_an_annex(lines: str, zh: str | None, latin: str) -> None:
    document = notice(
        "公告", f"决定将1家实体列入管控名单（见附件）。{_FOOT}\n附件\n出口管制管控名单\n{lines}"
    )
    assert [(one.name_zh, one.name_latin) for one in read_checked(document).value] == [(zh, latin)]


def test_a_country_is_part_of_a_name_unless_the_foreign_name_would_say_so() -> None:
    document = notice(
        "公告", "决定将德国甲公司（Alpha GmbH）、美国乙公司（Beta Inc.）列入管控名单。" + _FOOT
    )
    reading = read_checked(document)
    assert [one.name_zh for one in reading.value] == ["德国甲公司", "乙公司"]
    assert reading.warnings == ()


def test_words_before_a_latin_name_that_may_be_a_place_are_doubted() -> None:
    document = notice(
        "公告", "决定将亚特兰蒂斯Alfa Bank、某国Beta Bank、山姆（Sam Li）列入管控名单。" + _FOOT
    )
    reading = read_checked(document)
    assert [(one.name_zh, one.name_latin) for one in reading.value] == [
        ("亚特兰蒂斯", "Alfa Bank"),
        (None, "Beta Bank"),
        ("山姆", "Sam Li"),
    ]
    assert reading.warnings == ("listed_entities: 亚特兰蒂斯 may be a name or a place",)


def test_a_foreign_name_with_its_branches_is_called_by_the_name() -> None:
    document = notice("公告", "决定将甲公司、Beta Inc.及其分支机构列入管控名单。" + _FOOT)
    assert [(one.name_zh, one.name_latin) for one in read_checked(document).value] == [
        ("甲公司", None),
        (None, "Beta Inc."),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "自2026年4月1日起，甲公司（Alpha Inc.）不再列入不可靠实体清单。",
        "甲公司（Alpha Inc.）自2026年4月1日起不再列入不可靠实体清单。",
        "决定自2026年4月1日起，不再将甲公司（Alpha Inc.）列入不可靠实体清单。",
    ],
)
def test_who_is_listed_no_longer_is_removed(sentence: str) -> None:
    document = notice("公告", sentence + "\n不可靠实体清单工作机制\n2026年3月28日")
    (one,) = read_checked(document).value
    assert (one.action, one.name_zh, str(one.effective_on)) == ("remove", "甲公司", "2026-04-01")


def test_names_behind_the_list_on_the_same_line() -> None:
    document = notice(
        "公告",
        "决定将以下2家企业列入管控名单：甲公司（Alpha Inc.）；乙公司（Beta LLC）。禁止其新增投资。"
        + _FOOT,
    )
    reading = read_checked(document)
    assert [one.name_zh for one in reading.value] == ["甲公司", "乙公司"]
    assert reading.warnings == ()
    measures = "决定将下列企业列入管控名单，措施如下：禁止向上述企业出口两用物项；禁止投资。"
    assert read(notice("公告", measures + _FOOT)).value == ()


def test_an_annex_without_a_title_begins_with_its_first_entry() -> None:
    document = notice(
        "公告",
        f"决定将2家实体列入管控名单（名单附后）。{_FOOT}\n附件\n1. 甲公司（Alpha）\n2. 乙公司（Beta）",
    )
    reading = read_checked(document)
    assert [one.name_zh for one in reading.value] == ["甲公司", "乙公司"]
    assert reading.warnings == ()


def test_a_title_on_measures_may_count_more_than_are_listed() -> None:
    text = "决定将甲公司（Alpha Inc.）和乙公司（Beta LLC）列入不可靠实体清单，对丙公司予以警告。"
    document = notice("关于对三家企业采取不可靠实体清单措施的公告", text + _FOOT)
    reading = read_checked(document)
    assert [one.name_zh for one in reading.value] == ["甲公司", "乙公司"]
    assert reading.warnings == ()


_FIRST = ("1.甲技术公司（Alpha Co.）", "2.乙材料公司（Beta Co.）")
_SECOND = ("1.丙贸易公司（Gamma Co.）",)


@pytest.mark.parametrize(
    ("sentence", "annexes", "expected"),
    [
        (
            "决定将附件1所列实体列入出口管制管控名单，将附件2所列实体移出出口管制管控名单。",
            (("附件1", "实体名单", *_FIRST), ("附件2", "实体名单", *_SECOND)),
            [("甲技术公司", "add"), ("乙材料公司", "add"), ("丙贸易公司", "remove")],
        ),
        (
            "决定将附件2所列实体列入出口管制管控名单。附件1所列企业可以申请许可。",
            (("附件1", "企业名单", *_FIRST), ("附件2", "实体名单", *_SECOND)),
            [("丙贸易公司", "add")],
        ),
        # Only the second annex is printed.
        (
            "决定将附件1所列实体列入出口管制管控名单。",
            (("附件2", "可以申请许可的企业名单", *_SECOND),),
            [],
        ),
    ],
)
def test_an_annex_is_the_list_of_the_decision_that_names_it(
    sentence: str, annexes: tuple[tuple[str, ...], ...], expected: list[tuple[str, str]]
) -> None:
    lines = [sentence, "商务部", "2026年7月24日", *(line for annex in annexes for line in annex)]
    document = notice("关于调整出口管制管控名单的公告", "\n".join(lines))
    assert [(one.name_zh, one.action) for one in read(document).value] == expected
