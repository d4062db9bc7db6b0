"""Markup to text: lines, tables, and what is left out."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from services.parser.layouts.page import PageText
from services.parser.layouts.rendering import render


def text_of(html: str) -> PageText:
    block = LexborHTMLParser(f"<div id=x>{html}</div>").css_first("#x")
    assert block is not None
    return render([block])


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>2025<span>年</span><b>1</b>月</p>", "2025年1月"),
        ("<P>甲<BR>　　乙</P>", "甲\n乙"),
        ("<p>甲<p>乙</p></p>", "甲\n乙"),
        ("<p><br /></p><p>&nbsp;</p><p>甲</p>", "甲"),
        ("<p>甲&ensp;&nbsp; 乙　丙</p>", "甲 乙　丙"),
        ("<p>甲\u200b乙\ufeff</p>", "甲乙"),
        ("<p>A &amp;amp; B &amp;#160;C</p>", "A & B C"),
        ("<p>甲</p><script>var a='<p>乙</p>';</script><style>p{}</style>", "甲"),
        ("<p>甲</p><div class='bdsharebuttonbase f-cb'>分享到</div>", "甲"),
        ("<p>甲</p><p>京ICP备05004093号-1 网站标识码bm22000001</p>", "甲"),
        (
            "<p>根据外\n  经贸\r\n规定，\n2003年 Alpha\nInc.</p>",
            "根据外经贸规定，2003年 Alpha Inc.",
        ),
        ("<p>商\n务部</p>\n<pre>甲\n乙 丙\n</pre>丁", "商务部\n甲\n乙 丙\n丁"),
        ("<ul><li>甲</li><li>乙</li></ul>", "甲\n乙"),
        ("<div>甲<div>乙</div>丙</div>", "甲\n乙\n丙"),
    ],
)
def test_lines(html: str, text: str) -> None:
    assert text_of(html).body_text == text


def test_table_rows_with_tabs_cells_with_spans_and_offsets() -> None:
    read = text_of(
        "<p>表</p><table><tr><th rowspan='2'>国</th><th colspan=2>税<br>率</th></tr>"
        "<tr><td> 36.2<span>%</span></td><td></td></tr><tr><td></td></tr></table><p>完</p>"
    )
    assert read.body_text == "表\n国\t税 率\n36.2%\t\n完"
    (table,) = read.tables
    assert [[cell.text for cell in row] for row in table.rows] == [["国", "税 率"], ["36.2%", ""]]
    assert (table.rows[0][0].row_span, table.rows[0][1].column_span) == (2, 2)
    for row in table.rows:
        for cell in row:
            assert read.body_text[cell.start : cell.end] == cell.text


def test_layout_tables_are_no_tables() -> None:
    read = text_of(
        "<table><tr><td><p>甲</p><p>乙</p><table><tr><td>丙</td><td>丁</td></tr></table></td></tr>"
        "</table>"
    )
    assert read.body_text == "甲\n乙\n丙\t丁"
    assert len(read.tables) == 1


@pytest.mark.parametrize("span", ["0", "-1", "x", "", "99999999999999999999", "２"])
def test_spans_that_no_table_has(span: str) -> None:
    read = text_of(f"<table><tr><td colspan='{span}'>甲</td><td>乙</td></tr></table>")
    assert 1 <= read.tables[0].rows[0][0].column_span <= 1000
