"""PDF files by three writers: LibreOffice (fonts within), reportlab (a font that is named alone), fpdf2."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from fpdf import FPDF
from PIL import Image
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

from tests.services.parser.attachments.authoring.case import Case
from tests.services.parser.attachments.authoring.content import (
    CLASSES,
    DUTIES,
    ENTITIES,
    ENTITIES_TITLE,
    ITEMS,
    ITEMS_TITLE,
    NOTE,
)
from tests.services.parser.attachments.authoring.documents import (
    ENTITY_WIDTHS,
    LIST,
    MERGED,
    NOTES,
    NOTES_TABLE,
    TWO_TABLES,
)
from tests.services.parser.attachments.authoring.libreoffice import converted
from tests.services.parser.attachments.authoring.wordprocessing import document, paragraph, table

FONT = "STSong-Light"
_TRUETYPE = "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf"
_LATIN = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
_GRID = ("GRID", (0, 0), (-1, -1), 0.5, colors.black)
_PLAIN = ("FONT", (0, 0), (-1, -1), FONT, 9)
_CELL = ParagraphStyle("cell", fontName=FONT, fontSize=9, leading=11, wordWrap="CJK")
_TITLE = ParagraphStyle("title", fontName=FONT, fontSize=14, leading=20)

LONG = [
    ENTITIES[0],
    *(
        [str(number), *ENTITIES[1 + number % 15][1:3], f"{number} Harbor Street"]
        for number in range(1, 121)
    ),
]
_LONG_ROW = "、".join(f"第{number}项技术指标不低于{number * 3}" for number in range(1, 200)) + "。"
SPLIT = [
    ["序号", "物项", "说明"],
    *([str(n), f"物项{n}", _LONG_ROW if n == 3 else "无"] for n in range(1, 5)),
]
TEXT = [
    "商务部 海关总署公告2025年第99号",
    (
        "为维护国家安全和利益、履行防扩散等国际义务，根据《中华人民共和国出口管制法》等法律法规有关规定，经国务院批准，决定对本公告附件"
        "所列物项实施出口管制，出口经营者应当依照规定向国务院商务主管部门申请许可。"
    ),
    "一、违反本公告规定出口的，海关依法处理。",
    "本公告自公布之日起正式实施。",
]


def _reportlab(
    story: Callable[[], list[Any]], size: tuple[float, float] = A4, margins: Any = None
) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = BytesIO()
    template = SimpleDocTemplate(out, pagesize=size, invariant=1)
    more = {"onFirstPage": margins, "onLaterPages": margins} if margins else {}
    template.build(story(), **more)
    return out.getvalue()


def _cells(
    rows: Sequence[Sequence[str]], widths: Sequence[int], *styles: Any, repeat: int = 1
) -> Table:
    wrapped = [[Paragraph(text, _CELL) if text else "" for text in row] for row in rows]
    return Table(wrapped, colWidths=widths, repeatRows=repeat, style=[_GRID, _PLAIN, *styles])


def _merged_story() -> list[Any]:
    covered = {(1, 0), (1, 1), (0, 3), (3, 0), (4, 0), (6, 0), (6, 2), (6, 3)}
    rows = [
        ["" if (index, column) in covered else text for column, text in enumerate(row)]
        for index, row in enumerate(CLASSES)
    ]
    spans = [
        ("SPAN", start, end)
        for start, end in (
            ((0, 0), (0, 1)), ((1, 0), (1, 1)), ((2, 0), (3, 0)), ((0, 2), (0, 4)), ((0, 5), (0, 6)), ((1, 6), (3, 6)),
        )
    ]  # fmt: skip
    return [_cells(rows, [80, 150, 110, 80], *spans)]


def _with_margins(canvas: Any, _: Any) -> None:
    canvas.setFont(FONT, 9)
    canvas.drawString(72, A4[1] - 40, "两用物项出口管制清单（2025年）")
    canvas.drawCentredString(A4[0] / 2, 40, f"— {canvas.getPageNumber()} —")


def _sideways(rotate: bool) -> bytes:
    """A landscape table on portrait paper: on its side, in a page that is turned for it or is not."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    if rotate:
        canvas.setPageRotation(90)
    canvas.translate(A4[0], 0)
    canvas.rotate(90)
    grid = _cells(DUTIES, [100, 220, 100, 100, 100])
    grid.wrapOn(canvas, 700, 500)
    grid.drawOn(canvas, 60, 300)
    canvas.setFont(FONT, 12)
    canvas.drawString(60, 480, "附件：暂定税率")
    canvas.save()
    return out.getvalue()


def _vertical() -> bytes:
    """A category written from top to bottom in a narrow merged cell, by breaks as typists do it."""
    rows = [
        ["类别", "物项", "编码"],
        ["半\n导\n体\n材\n料", "金属镓", "8112921010"],
        ["", "氧化镓", "2825909001"],
        ["", "磷化铟", "2853904051"],
    ]
    return _reportlab(
        lambda: [
            Table(rows, colWidths=[30, 200, 100], style=[_GRID, _PLAIN, ("SPAN", (0, 1), (0, 3))])
        ]
    )


def _fpdf() -> bytes:
    pdf = FPDF(format="A4")
    pdf.add_font("droid", fname=_TRUETYPE)
    pdf.add_font("latin", fname=_LATIN)
    pdf.set_fallback_fonts(["latin"])
    pdf.set_font("droid", size=10)
    pdf.add_page()
    pdf.cell(text=ITEMS_TITLE)
    pdf.ln(12)
    with pdf.table(col_widths=(10, 60, 30, 20), first_row_as_headings=False) as grid:
        for row in ITEMS:
            line = grid.row()
            for text in row:
                line.cell(text)
    pdf.ln(4)
    pdf.cell(text=NOTE)
    pdf.set_creation_date(datetime(2025, 1, 1, tzinfo=UTC))
    return bytes(pdf.output())


def _scan() -> bytes:
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    picture = BytesIO()
    Image.new("L", (60, 84), 200).save(picture, "PNG")
    from reportlab.lib.utils import ImageReader

    canvas.drawImage(ImageReader(picture), 0, 0, *A4)
    canvas.save()
    return out.getvalue()


def _password() -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("secret"), invariant=1)
    canvas.drawString(72, 720, "x")
    canvas.save()
    return out.getvalue()


def _docx_as_pdf(data: bytes) -> Callable[[], bytes]:
    return lambda: converted(data, "docx", "pdf")


def cases() -> list[Case]:
    """All PDF files."""
    items = [ITEMS], [ITEMS_TITLE, NOTE]
    notes = [
        "申请出口许可证1的经营者，应当提交下列文件。",
        "1指两用物项和技术出口许可证。",
        "2复印件加盖公章。",
    ]
    notes_table = [["文件", "份数"], ["申请表", "2"], ["合同2", "1"]]
    assert NOTES_TABLE[1] == notes_table[1]
    long = document(paragraph(ENTITIES_TITLE), table(LONG, ENTITY_WIDTHS))
    split = document(paragraph("附件"), table(SPLIT, (900, 2000, 6000)))
    return [
        Case("items-by-libreoffice.pdf", _docx_as_pdf(LIST), "pdf", *items, pages=1),
        Case(
            "items-by-reportlab.pdf",
            lambda: _reportlab(
                lambda: [
                    Paragraph(ITEMS_TITLE, _TITLE),
                    _cells(ITEMS, [35, 240, 110, 70]),
                    Paragraph(NOTE, _CELL),
                ]
            ),
            "pdf",
            *items,
            pages=1,
        ),
        Case("items-by-fpdf.pdf", _fpdf, "pdf", *items, pages=1),
        Case(
            "merged-by-libreoffice.pdf", _docx_as_pdf(MERGED), "pdf", [CLASSES], ["附件"], pages=1
        ),
        Case(
            "merged-by-reportlab.pdf", lambda: _reportlab(_merged_story), "pdf", [CLASSES], pages=1
        ),
        Case(
            "over-pages-by-libreoffice.pdf",
            _docx_as_pdf(long),
            "pdf",
            [LONG],
            [ENTITIES_TITLE],
            pages=3,
        ),
        Case(
            "over-pages-by-reportlab.pdf",
            lambda: _reportlab(lambda: [_cells(LONG, [35, 150, 150, 120])], margins=_with_margins),
            "pdf",
            [LONG],
            ["两用物项出口管制清单（2025年）"],
            pages=4,
        ),
        Case("row-over-pages.pdf", _docx_as_pdf(split), "pdf", [SPLIT], ["附件"], pages=3),
        Case(
            "two-tables-landscape.pdf",
            _docx_as_pdf(TWO_TABLES),
            "pdf",
            [ITEMS[:5], ENTITIES[:4]],
            ["附件1", "附件2"],
            pages=1,
        ),
        Case(
            "landscape-by-reportlab.pdf",
            lambda: _reportlab(
                lambda: [
                    _cells(DUTIES, [100, 220, 100, 100, 100]),
                    Spacer(1, 20),
                    _cells(CODES, [200, 200]),
                ],
                landscape(A4),
            ),
            "pdf",
            [DUTIES, CODES],
            pages=1,
        ),
        Case(
            "turned-page.pdf",
            lambda: _sideways(rotate=True),
            "pdf",
            [DUTIES],
            ["附件：暂定税率"],
            pages=1,
        ),
        Case(
            "sideways-table.pdf",
            lambda: _sideways(rotate=False),
            "pdf",
            [DUTIES],
            ["附件：暂定税率"],
            pages=1,
        ),
        Case(
            "vertical-text.pdf",
            _vertical,
            "pdf",
            [[["类别", "物项", "编码"], *(["半导体材料", *row[1:3]] for row in CLASSES[2:5])]],
            pages=1,
        ),
        Case("footnotes.pdf", _docx_as_pdf(NOTES), "pdf", [notes_table], notes, pages=1),
        Case("text.pdf", _docx_as_pdf(document(*map(paragraph, TEXT))), "pdf", [], TEXT, pages=1),
        Case(
            "scan.pdf",
            _scan,
            "pdf",
            state="unread kind",
            reason="its pages are pictures, whose text is not recognised",
        ),
        Case("password.pdf", _password, "pdf", state="encrypted", reason="the file has a password"),
        Case(
            "cut.pdf",
            lambda: b"%PDF-1.7\n1 0 obj\n",
            "pdf",
            state="damaged",
            reason="PDFium cannot open it, error 3",
        ),
    ]


CODES = [["编码", "名称"], ["0106", "活动物"], ["8112921010", "镓"]]
