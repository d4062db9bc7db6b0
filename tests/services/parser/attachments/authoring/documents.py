"""Text documents: DOCX by hand, and what LibreOffice makes of them."""

from collections.abc import Sequence

from tests.services.parser.attachments.authoring.case import Case
from tests.services.parser.attachments.authoring.content import (
    CLASSES,
    ENTITIES,
    ENTITIES_TITLE,
    ITEMS,
    ITEMS_TITLE,
    NOTE,
)
from tests.services.parser.attachments.authoring.libreoffice import converted
from tests.services.parser.attachments.authoring.ole import with_stream
from tests.services.parser.attachments.authoring.wordprocessing import (
    A4_LANDSCAPE,
    C,
    controlled,
    deleted,
    document,
    inserted,
    note_reference,
    paragraph,
    run,
    table,
    text_box,
)

ITEM_WIDTHS, ENTITY_WIDTHS, CLASS_WIDTHS = (
    (700, 4500, 2000, 1600),
    (700, 2600, 3000, 2700),
    (1500, 3000, 2200, 1600),
)
LIST = document(paragraph(ITEMS_TITLE), table(ITEMS, ITEM_WIDTHS), paragraph(NOTE))
MERGED = document(
    paragraph("附件"),
    table(
        [
            [C("类别", down="restart"), C("物项名称", down="restart"), C("编码", 2)],
            [C(down="continue"), C(down="continue"), "海关商品编号", "控制编码"],
            [C("一、材料", down="restart"), "金属镓", "8112921010", "3C301.a"],
            [C(down="continue"), "氧化镓", "2825909001", "3C301.b"],
            [C(down="continue"), "磷化铟", "2853904051", "3C304.a"],
            [C("二、设备", down="restart"), "离子注入机", "8486202100", "3B001"],
            [C(down="continue"), C("（保留）", 3)],
        ],
        CLASS_WIDTHS,
        header_rows=2,
    ),
)
ENTITY_LIST = document(paragraph(ENTITIES_TITLE), table(ENTITIES, ENTITY_WIDTHS))
TWO_TABLES = document(
    paragraph("附件1"),
    table(ITEMS[:5], (1000, 6000, 4000, 2000)),
    paragraph("附件2"),
    table(ENTITIES[:4], (1000, 4000, 4000, 4000)),
    size=A4_LANDSCAPE,
)
NOTES = document(
    paragraph("申请出口许可证", note_reference(1), "的经营者，应当提交下列文件。"),
    table(
        [
            ["文件", "份数"],
            ["申请表", "2"],
            [C(f"<w:p>{run('合同')}{note_reference(2)}</w:p>"), "1"],
        ],
        (4000, 2000),
    ),
    notes=["指两用物项和技术出口许可证。", "复印件加盖公章。"],
)
NOTES_TABLE = [["文件", "份数"], ["申请表", "2"], ["合同[2]", "1"]]
NOTES_TEXTS = [
    "申请出口许可证[1]的经营者，应当提交下列文件。",
    "[1]指两用物项和技术出口许可证。",
    "[2]复印件加盖公章。",
]

_NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
    '<w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/>'
    '<w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/><w:lvlText w:val="（%2）"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:suff w:val="space"/>'
    '<w:lvlText w:val="%3."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)


def _listed(level: int, text: str) -> str:
    return paragraph(
        text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
    )


NUMBERED = document(
    paragraph("两用物项出口管制清单"),
    _listed(0, "关于钨相关物项"),
    _listed(1, "钨酸铵"),
    _listed(1, "碳化钨"),
    _listed(2, "粉末"),
    _listed(2, "颗粒"),
    _listed(0, "关于铋相关物项"),
    _listed(1, "锗酸铋"),
    numbering=_NUMBERING,
)
NUMBERED_TEXTS = [
    "两用物项出口管制清单",
    "一、关于钨相关物项",
    "（一）钨酸铵",
    "（二）碳化钨",
    "1. 粉末",
    "2. 颗粒",
    "二、关于铋相关物项",
    "（一）锗酸铋",
]
BOX = document(
    paragraph("见右框。", text_box("联系人：出口管制处，电话：010-00000000")),
    paragraph("此表可复印。"),
)
BOX_TEXTS = ["见右框。", "联系人：出口管制处，电话：010-00000000", "此表可复印。"]

_DELETED_ROW = (
    '<w:tr><w:trPr><w:del w:id="9" w:author="a" w:date="2025-01-02T03:04:05Z"/></w:trPr>'
    f"<w:tc><w:tcPr/>{paragraph('2')}</w:tc><w:tc><w:tcPr/>{paragraph('已移出的公司')}</w:tc></w:tr>"
)
TRACKED = document(
    paragraph("共", deleted("3"), inserted("2"), "家"),
    table([["序号", "名称"], ["1", "甲公司"]], (1000, 5000))
    .replace("</w:tbl>", _DELETED_ROW + "</w:tbl>")
    .replace("甲公司", "乙公司"),
    paragraph("自", inserted("2025年1月2日"), deleted("2025年1月1日"), "起施行。"),
)
_HIDDEN = document(
    paragraph("填表说明", run("（内部用）", "<w:vanish/>")),
    controlled(table([["项目", "内容"], ["申请人", "______公司"]], (3000, 5000))),
    table([[C(paragraph("表中数量以千克计。") + paragraph("一式两份。"))]], (8000,)),
    table(
        [
            ["甲", C(paragraph("含下列：") + table([["a", "b"]], (900, 900)) + paragraph("完"))],
            ["乙", "无"],
        ],
        (2000, 5000),
    ),
)


def _documents(
    name: str, make: bytes, *endings: str, tables: Sequence[list[list[str]]], texts: list[str]
) -> list[Case]:
    """The same document in several formats; those but DOCX are LibreOffice's."""
    return [
        Case(
            f"{name}.{ending}",
            (lambda: make)
            if ending == "docx"
            else lambda ending=ending: converted(make, "docx", ending),  # type: ignore[misc]
            ending,
            tables,
            texts,
        )
        for ending in endings
    ]


def cases() -> list[Case]:
    """All text documents."""
    return [
        *_documents("items", LIST, "docx", "doc", tables=[ITEMS], texts=[ITEMS_TITLE, NOTE]),
        *_documents("merged", MERGED, "docx", "doc", tables=[CLASSES], texts=["附件"]),
        *_documents(
            "entities", ENTITY_LIST, "docx", "doc", tables=[ENTITIES], texts=[ENTITIES_TITLE]
        ),
        *_documents(
            "two-tables-landscape",
            TWO_TABLES,
            "docx",
            "doc",
            tables=[ITEMS[:5], ENTITIES[:4]],
            texts=["附件1", "附件2"],
        ),
        *_documents("footnotes", NOTES, "docx", "doc", tables=[NOTES_TABLE], texts=NOTES_TEXTS),
        *_documents("numbered", NUMBERED, "docx", "doc", tables=[], texts=NUMBERED_TEXTS),
        *_documents("text-box", BOX, "docx", tables=[], texts=BOX_TEXTS),
        # The text box stands behind the text: the format keeps its place apart.
        *_documents(
            "text-box", BOX, "doc", tables=[], texts=[BOX_TEXTS[0], BOX_TEXTS[2], BOX_TEXTS[1]]
        ),
        Case(
            "tracked-changes.docx",
            lambda: TRACKED,
            "docx",
            [[["序号", "名称"], ["1", "乙公司"]]],
            ["共2家", "自2025年1月2日起施行。"],
            ["it has tracked changes (2 insertions, 3 deletions), read as if accepted"],
        ),
        Case(
            "form.docx",
            lambda: _HIDDEN,
            "docx",
            [
                [["项目", "内容"], ["申请人", "______公司"]],
                [["甲", "含下列： a b 完"], ["乙", "无"]],
            ],
            ["填表说明", "表中数量以千克计。", "一式两份。"],
            ["hidden text is left out: 1 runs"],
        ),
        Case(
            "items-by-libreoffice.docx",
            lambda: converted(converted(LIST, "docx", "odt"), "odt", "docx"),
            "docx",
            [ITEMS],
            [ITEMS_TITLE, NOTE],
        ),
        Case(
            "merged-by-libreoffice.docx",
            lambda: converted(converted(MERGED, "docx", "odt"), "odt", "docx"),
            "docx",
            [CLASSES],
            ["附件"],
        ),
        # As WPS writes it: the streams of Word 97, and one of its own.
        Case(
            "entities.wps",
            lambda: with_stream(converted(ENTITY_LIST, "docx", "doc"), "WpsCustomData"),
            "wps",
            [ENTITIES],
            [ENTITIES_TITLE],
        ),
        Case(
            "renamed.wps",
            lambda: converted(LIST, "docx", "doc"),
            "doc",
            [ITEMS],
            [ITEMS_TITLE, NOTE],
        ),
    ]
