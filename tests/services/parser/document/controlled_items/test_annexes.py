"""Which lists in annexes are of goods that a notice controls: by number, title, heading, columns."""

import pytest

from services.parser.document.controlled_items.read import read
from shared.notice import RegulatedItem
from tests.services.parser.document.documents import notice

_END = "<p>商务部</p><p>2025年2月4日</p>"
_ITEMS = (
    "<table><tr><th>序号</th><th>物项名称</th><th>海关商品编号</th></tr>"
    "<tr><td>1</td><td>高纯铋</td><td>8106101091</td></tr>"
    "<tr><td>2</td><td>硒化铟</td><td>2842902000</td></tr></table>"
)
_TARIFF = (
    "<table><tr><th>税则号列</th><th>商品名称</th><th>最惠国税率（%）</th><th>协定税率（%）</th></tr>"
    "<tr><td>08101000</td><td>草莓</td><td>14</td><td>0</td></tr>"
    "<tr><td>08105000</td><td>猕猴桃</td><td>20</td><td>5</td></tr></table>"
)
_PLAIN = (
    "<table><tr><th>商品编号</th><th>商品名称</th></tr>"
    "<tr><td>0810100000</td><td>草莓</td></tr><tr><td>0810500000</td><td>猕猴桃</td></tr></table>"
)
_TITLE = "关于对有关物项实施出口管制等事项的公告"
_CONTROL = "决定对附件1所列物项实施出口管制。"
_FIRST = ("附件1", "物项", _ITEMS)
_UNNAMED = "regulated_items: no goods are read from annex 2, which no sentence on controls names"


def _text(*paragraphs: str) -> str:
    return "".join(one if one.startswith("<") else f"<p>{one}</p>" for one in paragraphs)


def _read(*paragraphs: str, title: str = _TITLE) -> tuple[list[str], tuple[str, ...]]:
    reading = read(notice(title, _text(*paragraphs)))
    return [one.name for one in reading.value], reading.warnings


def _values(*paragraphs: str, title: str = _TITLE) -> tuple[RegulatedItem, ...]:
    return read(notice(title, _text(*paragraphs))).value


CONTROLLED, TARIFF = ["高纯铋", "硒化铟"], ["草莓", "猕猴桃"]


@pytest.mark.parametrize("table", [_TARIFF, _PLAIN])
@pytest.mark.parametrize(
    ("control", "other"),
    [
        (_CONTROL, "附件2所列商品适用协定税率。"),
        (_CONTROL, "对附件2所列商品加征10%的关税。"),
        (_CONTROL, "自2025年3月1日起，调整附件2所列商品的出口退税率。"),
        (_CONTROL, "对原产于甲国的部分商品实施协定税率（商品范围及税率见附件2）。"),
        ("决定对铋、铟相关物项实施出口管制，具体清单见附件1。", "附件2所列商品免征进口关税。"),
        ("决定对铋、铟相关物项实施出口管制。物项清单详见附件1。", "有关商品的税率见附件2。"),
        ("未经许可，不得出口附件1所列物项。", "附件2所列商品适用暂定税率。"),
        ("附件一所列物项，未经许可，不得出口。", "附件二所列商品适用暂定税率。"),
        (_CONTROL, "取消附件2所列商品的出口许可证管理。"),
        (_CONTROL, "自公布之日起，附件2所列商品不再实行出口许可证管理。"),
        (_CONTROL, "对附件2所列商品暂停实施出口管制。"),
    ],
)
def test_an_annex_that_is_named_for_something_else_is_no_control_list(
    control: str, other: str, table: str
) -> None:
    names, warnings = _read(f"一、{control}", f"二、{other}", _END, *_FIRST, "附件2", "商品", table)
    assert names == CONTROLLED
    assert warnings == ()


@pytest.mark.parametrize(
    "heads", [("附件1", "附件2"), ("附件一", "附件二"), ("附件1：", "附件2：")]
)
def test_the_order_of_the_annexes_does_not_matter(heads: tuple[str, str]) -> None:
    says = "决定对附件2所列物项实施出口管制。附件1所列商品适用协定税率。"
    first, second = (heads[0], "商品", _PLAIN), (heads[1], "物项", _ITEMS)
    names, warnings = _read(says, _END, *first, *second)
    assert names == CONTROLLED
    assert warnings == ()


def test_only_the_second_annex_is_printed() -> None:
    names, _ = _read(_CONTROL, "附件2所列商品适用协定税率。", _END, "附件2", "商品", _PLAIN)
    assert names == []


@pytest.mark.parametrize(
    "control",
    [
        "决定对《高纯材料一览表》所列物项实施出口管制。",
        "决定对高纯材料一览表中的物项实施出口管制。",
    ],
)
@pytest.mark.parametrize("title", ["高纯材料一览表", "《高纯材料一览表》"])
def test_an_annex_is_named_by_its_title(control: str, title: str) -> None:
    names, warnings = _read(control, _END, "附件1", title, _ITEMS, "附件2", "商品", _PLAIN)
    assert names == CONTROLLED
    assert warnings == (_UNNAMED,)


@pytest.mark.parametrize(
    ("control", "other", "first", "second"),
    [
        ("决定对附件所列物项实施出口管制。", "附件2所列商品适用协定税率。", "附件1", "附件2"),
        ("决定对附件所列物项实施出口管制。", "附件2所列商品适用协定税率。", "附件", "附件2"),
        ("决定对附件所列物项实施出口管制。", "附表所列商品适用协定税率。", "附件", "附表"),
        ("决定对附件1所列物项实施出口管制。", "附表1所列商品适用协定税率。", "附件1", "附表1"),
        ("决定对附表1所列物项实施出口管制。", "附表2所列商品适用协定税率。", "附表1", "附表2"),
        ("决定对附表1所列物项实施出口管制。", "附表2所列商品适用协定税率。", "附件1", "附件2"),
    ],
)
def test_annexes_without_number_and_of_other_words(
    control: str, other: str, first: str, second: str
) -> None:
    names, warnings = _read(control, other, _END, first, "物项", _ITEMS, second, "商品", _PLAIN)
    assert names == CONTROLLED
    assert warnings == ()


def test_an_annex_without_number_is_the_one_that_is_printed_so() -> None:
    control = "决定对附件所列物项实施出口管制。"
    names, warnings = _read(control, _END, "附件", "物项", _ITEMS, "附件2", "商品", _PLAIN)
    assert names == CONTROLLED
    assert warnings == (_UNNAMED,)


@pytest.mark.parametrize(
    "lines",
    [
        ("附件2 高纯材料一览表",),
        ("附件2：高纯材料一览表",),
        ("附件：1.物项", "2.高纯材料一览表"),
    ],
)
def test_a_line_that_announces_an_annex_says_nothing_of_it(lines: tuple[str, ...]) -> None:
    control, title = "决定对附件所列物项实施出口管制。", "高纯材料一览表"
    names, warnings = _read(control, *lines, _END, *_FIRST, "附件2", title, _PLAIN)
    assert names == CONTROLLED + TARIFF
    assert warnings == ()


@pytest.mark.parametrize(
    "lines",
    [
        ("商品", "二、协定税率商品清单"),
        ("商品", "表2 加征关税商品清单"),
        ("商品", "第二部分 鼓励进口商品"),
        ("商品", "适用协定税率的情况"),
        ("协定税率表",),
        ("协定税率表", "单位：吨"),
        ("出口退税率调整商品清单",),
        ("出口许可证申请表",),
    ],
)
def test_a_title_or_a_heading_says_what_a_list_is(lines: tuple[str, ...]) -> None:
    names, warnings = _read(_CONTROL, _END, *_FIRST, "附件2", *lines, _PLAIN)
    assert names == CONTROLLED
    assert warnings == ()


def test_a_title_says_that_an_annex_is_a_control_list() -> None:
    title = "出口管制物项清单"
    names, warnings = _read(_CONTROL, _END, *_FIRST, "附件2", title, "单位：吨", _PLAIN)
    assert names == CONTROLLED + TARIFF
    assert warnings == ()


@pytest.mark.parametrize(
    "headings", [("二、适用协定税率的商品",), ("二、适用协定税率的商品", "水果商品")]
)
def test_two_lists_in_one_annex(headings: tuple[str, ...]) -> None:
    lines = ("商品清单", "一、出口管制物项", _ITEMS, *headings, _PLAIN)
    names, warnings = _read(_CONTROL, _END, "附件1", *lines)
    assert names == CONTROLLED
    assert warnings == ()


def test_two_lists_of_lines_in_one_annex() -> None:
    names, _ = _read(
        _CONTROL,
        _END,
        "附件1",
        "物项清单",
        "一、新增物项",
        "1.高纯铋（参考海关商品编号：8106101091）",
        "二、删除物项",
        "（一）水果类商品",
        "1.许可类产品（海关商品编号：0810500000）",
        "2.草莓（参考海关商品编号：0810100000）",
        "三、其他物项",
        "1.硒化铟（参考海关商品编号：2842902000）",
    )
    assert names == CONTROLLED


@pytest.mark.parametrize("first", ["附件1", "附录"])
def test_each_annex_has_the_measure_of_its_sentence(first: str) -> None:
    items = _values(
        f"决定对{first}所列物项实施出口管制，禁止自缅甸进口附件2所列商品。",
        _END,
        *_FIRST,
        "附件2",
        "商品",
        _PLAIN,
        title="关于有关物项进出口管制的公告",
    )
    assert [(one.name, one.direction, one.measure, one.destination) for one in items] == [
        ("高纯铋", "export", "licence", None),
        ("硒化铟", "export", "licence", None),
        ("草莓", "import", "ban", "缅甸"),
        ("猕猴桃", "import", "ban", "缅甸"),
    ]


@pytest.mark.parametrize("control", ["附件1、2", "附件1和附件2", "附件1至2", "附件"])
def test_several_annexes_of_one_sentence(control: str) -> None:
    says = f"决定对{control}所列物项实施出口管制。"
    names, warnings = _read(says, _END, *_FIRST, "附件2", "物项", _PLAIN)
    assert names == CONTROLLED + TARIFF
    assert warnings == ()


def test_an_annex_that_nothing_speaks_of_is_doubtful() -> None:
    names, warnings = _read(_CONTROL, _END, *_FIRST, "附件2", "商品", _PLAIN)
    assert names == CONTROLLED
    assert warnings == (_UNNAMED,)


def test_a_table_of_rates_in_an_annex_that_nothing_speaks_of() -> None:
    control = "决定对高纯铋（海关商品编号：8106101091）实施出口管制。"
    names, warnings = _read(control, _END, "附件1", "商品", _TARIFF)
    assert names == ["高纯铋"]
    assert warnings == ("regulated_items: no goods are read from a table of rates in annex 1",)


def test_a_table_of_rates_in_the_main_text() -> None:
    names, warnings = _read(
        "决定对下列物项实施出口管制：", _ITEMS, "有关商品的情况如下：", _TARIFF, _END
    )
    assert names == CONTROLLED
    assert warnings == ("regulated_items: no goods are read from a table of rates",)


def test_an_annex_of_another_document_is_none_of_the_notices() -> None:
    says = "决定对附件所列物项实施出口管制。商务部公告2023年第23号附件2同时停止执行。"
    names, _ = _read(says, _END, *_FIRST, "附件2", "物项", _PLAIN)
    assert names == CONTROLLED + TARIFF


@pytest.mark.parametrize("words", ["附件1第一部分", "附件1的第一部分", "附件1中第一部分"])
@pytest.mark.parametrize("heading", ["第二部分", "第二部分</p><p>一、水果目录"])
def test_a_part_of_an_annex(words: str, heading: str) -> None:
    control = f"决定对{words}所列物项实施出口管制，第二部分所列商品适用协定税率。"
    lines = ("清单", "第一部分", _ITEMS, heading, _PLAIN)
    names, warnings = _read(control, _END, "附件1", *lines)
    assert names == CONTROLLED
    assert warnings == (
        "regulated_items: no goods are read from part 2 of annex 1, which no sentence on controls names",
    )


@pytest.mark.parametrize("lines", [(), ("单位：吨",)])
def test_tables_of_an_annex_are_parts_of_it(lines: tuple[str, ...]) -> None:
    control, annex = "决定对附件所列物项实施出口管制。", ("附件", "物项清单")
    tables = ("附表1", _ITEMS, "附表2 协定税率", *lines, _PLAIN)
    names, warnings = _read(control, _END, *annex, *tables)
    assert names == CONTROLLED
    assert warnings == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "决定对附件1所列物项实施出口管制，但附件2所列物项除外。",
        "除附件2所列物项外，对附件1所列物项实施出口管制。",
    ],
)
def test_an_annex_that_is_left_out(sentence: str) -> None:
    names, warnings = _read(sentence, _END, *_FIRST, "附件2", "物项", _PLAIN)
    assert names == CONTROLLED
    assert warnings == ()


def test_what_no_sentence_that_is_read_does_with_goods_is_said() -> None:
    says = "禁止向附件2所列实体出口附件1所列物项。"
    values, _, warnings = read(notice(_TITLE, _text(says, _END, *_FIRST, "附件2", "实体清单")))
    assert [(one.name, one.measure) for one in values] == [(name, None) for name in CONTROLLED]
    assert warnings == (
        "regulated_items: whether goods are forbidden or need a licence is not read",
    )
