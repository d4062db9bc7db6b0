"""Index number, validity and their like, in each markup that prints them beside a text."""

import pytest

from services.parser.parse import parse
from shared.notice import Notice

URL = "https://www.mofcom.gov.cn/zfxxgk/gkml/art/2012/art_00000000000000000000000000000013.html"
VALUES = (
    ("索 引 号", "000013022-2012-00123"),
    ("发布机构", "商务部电子商务司"),
    ("发文字号", "商电发〔2011〕375号"),
    ("成文日期", "2011年10月18日"),
    ("有效性", "有效"),
    ("主题分类", "电子商务"),
)
TEXT = "各省、自治区、直辖市商务主管部门：\n为贯彻落实规划，提出以下意见。\n商务部\n2011年10月18日"
BODY = "".join(f"<p>{line}</p>" for line in TEXT.split("\n"))


def read(head: str, body: str = BODY) -> Notice:
    content = f"<h2 class='xxgk_title'>商务部关于某事的指导意见</h2><div class='gsj_htmlcon_bot'>{body}</div>"
    page = f"<title>商务部关于某事的指导意见</title><body><div class='gsj_content'>{head}{content}</div>"
    return parse(page.encode(), URL)


def each(form: str) -> str:
    return "".join(form.format(label=label, value=value) for label, value in VALUES)


def in_pairs(form: str) -> str:
    """Two labels a row."""
    cells = [form.format(label=label, value=value) for label, value in VALUES]
    return "".join(f"<tr>{a}{b}</tr>" for a, b in zip(cells[::2], cells[1::2], strict=True))


HEAD_ROW = "<table><tr>{}</tr><tr>{}</tr></table>".format(
    "".join(f"<th>{label}</th>" for label, _ in VALUES),
    "".join(f"<td>{value}</td>" for _, value in VALUES),
)
MARKUPS = {
    "list": f"<div class='content_head'><dl>{each('<dt>{label}：</dt><dd>{value}</dd>')}</dl></div>",
    "rows": f"<table class='headInfo'>{each('<tr><td>{label}：</td><td>{value}</td></tr>')}</table>",
    "two labels a row": f"<table>{in_pairs('<th>{label}</th><td>{value}</td>')}</table>",
    "one cell each": f"<table>{in_pairs('<td><b>{label}</b>：{value}</td>')}</table>",
    "a row of labels": HEAD_ROW,
    "blocks": f"<div class='xxgk_head'>{each('<div>{label}：{value}</div>')}</div>",
    "blocks apart": f"<div class='xxgk_head'>{each('<div>{label}：</div><div>{value}</div>')}</div>",
    "items": f"<ul>{each('<li><label>{label}：</label>{value}</li>')}</ul>",
    "brackets": f"<ul>{each('<li>[{label}] {value}</li>')}</ul>",
}


@pytest.mark.parametrize("markup", MARKUPS.values(), ids=MARKUPS)
@pytest.mark.parametrize("inside", [False, True])
def test_an_information_table(markup: str, *, inside: bool) -> None:
    if inside and not markup.startswith(("<table", "<ul")):
        pytest.skip("these stand beside the text only")
    notice = read("", markup + BODY) if inside else read(markup)
    assert notice.index_number == "000013022-2012-00123"
    assert notice.validity == "有效"
    assert notice.document_number == "商电发〔2011〕375号"
    assert notice.body_text == TEXT


def test_labels_as_lines_of_the_text() -> None:
    notice = read("", each("<p>{label}：{value}</p>") + BODY)
    assert (notice.index_number, notice.validity) == ("000013022-2012-00123", "有效")


@pytest.mark.parametrize("label", ["时效性", "时 效 状 态", "是否有效", "效力状态", "信息有效性"])
@pytest.mark.parametrize("value", ["失效", "已废止", "现行有效", "部分失效", "尚未生效"])
def test_validity_has_many_labels(label: str, value: str) -> None:
    head = f"<table><tr><td>索引号</td><td>1</td><td>{label}：</td><td>{value}</td></tr></table>"
    assert read(f"<div class='content_head'>{head}</div>").validity == value


@pytest.mark.parametrize("value", ["", "无", "-"])
def test_an_empty_validity_is_none(value: str) -> None:
    head = f"<dl><dt>索引号：</dt><dd>1</dd><dt>有效性：</dt><dd>{value}</dd></dl>"
    assert read(f"<div class='content_head'>{head}</div>").validity is None


def test_a_table_of_the_text_with_such_words_is_kept() -> None:
    table = "<table><tr><td>文号</td><td>名称</td></tr><tr><td>商电发〔2011〕1号</td><td>甲</td></tr></table>"
    notice = read("", BODY + table)
    assert len(notice.tables) == 1
    assert notice.document_number is None


def test_an_empty_cell_below_a_row_of_labels_takes_no_other_value() -> None:
    head = (
        "<table><tr><th>索引号</th><th>发布机构</th><th>有效性</th></tr>"
        "<tr><td>1</td><td>商务部</td><td></td></tr></table>"
    )
    notice = read(f"<div class='content_head'>{head}</div>")
    assert (notice.index_number, notice.validity) == ("1", None)


def test_a_long_table_of_the_text_is_no_information_table() -> None:
    rows = "".join(f"<tr><td>{n}</td><td>商电发〔2011〕{n}号</td></tr>" for n in range(200))
    table = f"<table><tr><td>索引号</td><td>发文字号</td></tr>{rows}</table>"
    assert len(read("", BODY + table).tables) == 1
