"""Attachments with more and more of one thing, read alone and then together with their notice."""

from collections.abc import Callable

import pytest

from services.parser.attachments.read import read_attachment
from services.parser.lists import lists_of
from shared.attachment import AttachmentContent, Block, Cell, Lists, Paragraph, Table
from testing.doubling import growth
from testing.markup import page_2026
from tests.linear.test_pages import CONTROL, DUTY, LIST, URL
from tests.services.parser.attachments.authoring.raw_pdf import pdf
from tests.services.parser.attachments.authoring.raw_xlsx import SHEET, workbook
from tests.services.parser.attachments.authoring.wordprocessing import (
    C,
    document,
    inserted,
    note_reference,
    paragraph,
    table,
    zipped,
)

_LEAST, _MOST = 250, 8_000
File = Callable[[int], bytes]


def sheet(row: str, merged: str = "") -> File:
    """A workbook of one row again and again; {} in it stands for its number, also in the `merged` cells."""

    def made(many: int) -> bytes:
        rows = "".join(
            f'<row r="{n}">{row.replace("{}", str(n))}</row>' for n in range(1, many + 1)
        )
        cells = "".join(merged.replace("{}", str(n)) for n in range(1, many + 1) if merged)
        merges = f"</sheetData><mergeCells>{cells}</mergeCells>" if cells else "</sheetData>"
        return workbook(SHEET.format(rows).replace("</sheetData>", merges))

    return made


def _text(cell: str, words: str) -> str:
    return f'<c r="{cell}{{}}" t="inlineStr"><is><t>{words}</t></is></c>'


FILES: dict[str, File] = {
    "paragraphs of a Word document": lambda many: document(paragraph("甲，乙。") * many),
    "runs of a paragraph": lambda many: document(paragraph(*["甲"] * many)),
    "tracked changes": lambda many: document(paragraph(*[inserted("甲")] * many)),
    "footnotes": lambda many: document(paragraph(*[note_reference(2)] * many)),
    "rows of a Word table": lambda many: document(table([["1", "甲"]] * many, (900, 900))),
    "columns of a Word table": lambda many: document(table([["甲"] * many] * 2, (9,) * many)),
    "spans of a Word table": lambda many: document(
        table([[C("甲", down="restart"), "乙"], [C("", down="continue"), "丙"]] * many, (900, 900))
    ),
    "Word tables": lambda many: document(table([["甲"]], (900,)) * many),
    "rows of a sheet": sheet(_text("A", "甲{}") + _text("B", "8110101010")),
    "merged cells": sheet(
        _text("A", "甲{}") + _text("B", "乙"), '<mergeCell ref="A{}:B{}"/>'
    ),
    "lines of text": lambda many: "甲，乙。\n".encode("gbk") * many,
    "rows of HTML": lambda many: ("<table>" + "<tr><td>甲<td>乙" * many).encode(),
    "paragraphs of HTML": lambda many: b"<html>" + b"<p>a<br>b</p>" * many,
    "nested HTML": lambda many: b"<html>" + b"<div><p>a" * many,
    "members of an archive": lambda many: zipped({f"{n}.txt": b"a" for n in range(many // 50 + 1)}),
    "lines of a PDF page": lambda many: pdf([b"BT /F 9 Tf 50 800 Td (a) Tj T* ET\n" * many]),
    "rules of a PDF page": lambda many: pdf(
        [b"".join(b"%d %d 9 9 re S\n" % (n % 90 * 6, n // 90 * 6) for n in range(many))]
    ),
}  # fmt: skip


@pytest.mark.parametrize("file", FILES.values(), ids=FILES)
def test_what_is_measured_is_read(file: File) -> None:
    assert read_attachment(file(_LEAST)).state == "read"


@pytest.mark.linear
@pytest.mark.parametrize("file", FILES.values(), ids=FILES)
def test_twice_the_file_takes_twice_the_time(file: File) -> None:
    found = growth(read_attachment, file, _LEAST, _MOST)
    assert found.is_linear, found


def _table(heads: str, row: str) -> Callable[[int], tuple[Block, ...]]:
    def made(many: int) -> tuple[Block, ...]:
        texts = [heads, *(row.replace("{}", str(n)) for n in range(many))]
        return (
            Table(rows=tuple(tuple(Cell(text=cell) for cell in text.split("|")) for text in texts)),
        )

    return made


def _lines(line: str) -> Callable[[int], tuple[Block, ...]]:
    return lambda many: tuple(Paragraph(text=line.replace("{}", str(n))) for n in range(many))


SENTENCES = {
    CONTROL: "决定对下列物项实施出口管制（物项清单见附件）。",
    LIST: "决定将附件所列实体列入出口管制管控名单。",
    DUTY: "自2025年7月5日起，对原产于欧盟的进口某酒征收反倾销税，各公司税率见附件。",
}
CONTENTS = {
    "goods in a table": (CONTROL, _table("序号|货物名称|海关商品编号", "{}|甲{}|84715000")),
    "goods in lines": (CONTROL, _lines("1C{}. 甲{}（参考海关商品编号：84715000）")),
    "entities in a table": (LIST, _table("序号|实体名称", "{}|甲{}公司（A{} Inc.）")),
    "entities in lines": (LIST, _lines("{}. 甲{}公司（A{} Inc.）")),
    "rates in a table": (DUTY, _table("公司名称|反倾销税税率", "甲{}公司|5.5%")),
    "rates in lines": (DUTY, _lines("{}. 甲{}公司（A{} Inc.） 5.5%")),
    "nothing in lines": (LIST, _lines("甲，乙。")),
}


@pytest.mark.linear
@pytest.mark.parametrize(("title", "blocks"), CONTENTS.values(), ids=CONTENTS)
def test_twice_the_list_takes_twice_the_time(
    title: str, blocks: Callable[[int], tuple[Block, ...]]
) -> None:
    found = growth(
        lambda data: _lists(title, data), lambda many: _content(blocks(many)), _LEAST, _MOST
    )
    assert found.is_linear, found


@pytest.mark.parametrize("name", [name for name in CONTENTS if not name.startswith("nothing")])
def test_what_is_measured_is_a_list(name: str) -> None:
    title, blocks = CONTENTS[name]
    assert _lists(title, _content(blocks(5))).in_attachments


def _content(blocks: tuple[Block, ...]) -> bytes:
    return AttachmentContent(kind="xlsx", blocks=blocks).model_dump_json().encode()


def _lists(title: str, content: bytes) -> Lists:
    html = f"<p>{SENTENCES[title]}</p><p><a href='a.xlsx'>附件：清单.xlsx</a></p><p>商务部</p><p>2025年7月4日</p>"
    return lists_of(page_2026(title, html), URL, [(f"{URL.rpartition('/')[0]}/a.xlsx", content)])
