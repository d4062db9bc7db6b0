"""Lists that stand in attachments are read by the words of their notice, with the cell that each value stands in."""

from collections.abc import Sequence

import pytest

from services.parser.attached import Attached, WithAttachments, read_with_attachments
from services.parser.attachments.read import read_attachment
from services.parser.document.read import read_document
from services.parser.layouts.choose import read_page
from shared.attachment import AttachmentContent, Cell, Paragraph, Table
from testing.attachments import FILES
from testing.markup import page_2018, paragraphs
from tests.services.parser.attachments.authoring.content import ENTITIES, ITEMS
from tests.services.parser.attachments.authoring.wordprocessing import document, paragraph, zipped

URL = "http://www.mofcom.gov.cn/article/b/c/201806/20180602755321.shtml"
FILE_URL = "http://file.mofcom.gov.cn/article/2025/a"
CONTROL = "公布对镓相关物项实施出口管制的决定"
CONTROLS = [
    "根据《中华人民共和国出口管制法》等法律法规有关规定，经国务院批准，决定对附件1所列物项实施出口管制。",
    "本公告自公布之日起正式实施。",
    "附件：1.出口管制物项清单",
    "商务部 海关总署",
    "2025年2月4日",
]
LISTING = "公布将15家美国实体列入出口管制管控名单"
LISTS_ENTITIES = [
    "根据《中华人民共和国出口管制法》等有关规定，为维护国家安全和利益，决定将附件所列15家美国实体列入出口管制管控名单。",
    "本公告自公布之日起实施。",
    "附件：管控名单",
    "商务部",
    "2025年4月9日",
]


def _content(name: str) -> AttachmentContent:
    return read_attachment(next(file for file in FILES if file.name == name).read_bytes())


def _read(title: str, lines: Sequence[str], *names: str) -> WithAttachments:
    page = read_page(page_2018(title, paragraphs(lines)).decode(), URL)
    attachments = [Attached(f"{FILE_URL}/{name}", _content(name)) for name in names]
    return read_with_attachments(page, URL, attachments)


@pytest.mark.parametrize(
    "name",
    [
        "items.docx",
        "items.doc",
        "items-by-libreoffice.docx",
        "items-by-libreoffice.pdf",
        "items-by-reportlab.pdf",
        "items-by-fpdf.pdf",
    ],
)
def test_items_of_an_attached_list(name: str) -> None:
    notice, evidence = _read(CONTROL, CONTROLS, name)
    assert [item.name for item in notice.regulated_items] == [row[1] for row in ITEMS[1:]]
    assert {(item.direction, item.measure) for item in notice.regulated_items} == {
        ("export", "licence")
    }
    codes = [[code.code for code in item.hs_codes] for item in notice.regulated_items]
    assert codes == [row[2].split("、") for row in ITEMS[1:]]
    controls = [item.control_code or "—" for item in notice.regulated_items]
    assert controls == [row[3] for row in ITEMS[1:]]
    (where,) = (one for one in evidence if one.field == "regulated_items[2].name")
    assert (where.row, where.quote) == (3, "钨酸铵（偏钨酸铵除外）")
    assert where.attachment.startswith(f"{FILE_URL}/{name}")
    assert where.page == (1 if name.endswith(".pdf") else None)


def test_a_list_in_an_archive_is_named_with_its_path() -> None:
    page = read_page(page_2018(CONTROL, paragraphs(CONTROLS)).decode(), URL)
    data = next(file for file in FILES if file.name == "items.docx").read_bytes()
    content = read_attachment(zipped({"附件/1.docx": data}))
    notice, evidence = read_with_attachments(page, URL, [Attached(FILE_URL, content)])
    assert len(notice.regulated_items) == len(ITEMS) - 1
    assert {one.attachment for one in evidence} == {f"{FILE_URL}#附件/1.docx"}


@pytest.mark.parametrize("name", ["entities.docx", "entities.doc", "entities.wps", "entities.et"])
def test_entities_of_an_attached_list(name: str) -> None:
    notice, evidence = _read(LISTING, LISTS_ENTITIES, name)
    assert [one.name_zh for one in notice.listed_entities] == [row[1] for row in ENTITIES[1:]]
    assert [one.name_latin for one in notice.listed_entities] == [row[2] for row in ENTITIES[1:]]
    assert {(one.country, str(one.effective_on)) for one in notice.listed_entities} == {
        ("美国", "2025-04-09")
    }
    # The notice says how many there are: with its attachment that is no doubt any more.
    assert not [warning for warning in notice.warnings if "were found" in warning]
    (where,) = (one for one in evidence if one.field == "listed_entities[4].name_zh")
    assert where.quote == "布莱顿材料公司"
    assert (where.cell, where.sheet) == (("B7", "名单") if name.endswith(".et") else ("1", None))


def test_evidence_in_the_page_stays_its_own() -> None:
    notice, evidence = _read(CONTROL, CONTROLS, "items.docx")
    for one in notice.evidence:
        if one.source == "body_text":
            assert one.end <= len(notice.body_text), one
    assert {one.attachment for one in evidence} == {f"{FILE_URL}/items.docx"}


def test_a_shorter_list_than_the_notice_says_is_doubtful() -> None:
    page = read_page(page_2018(LISTING, paragraphs(LISTS_ENTITIES)).decode(), URL)
    content = _content("entities.docx")
    table = content.tables[0].model_copy(update={"rows": content.tables[0].rows[:11]})
    cut = content.model_copy(update={"blocks": (content.blocks[0], table)})
    notice, _ = read_with_attachments(page, URL, [Attached(FILE_URL, cut)])
    assert "listed_entities: the text states 15, 10 were found" in notice.warnings


@pytest.mark.parametrize("name", ["list.rar", "scan.pdf", "cut.docx"])
def test_an_attachment_that_is_not_read_changes_nothing(name: str) -> None:
    page = read_page(page_2018(LISTING, paragraphs(LISTS_ENTITIES)).decode(), URL)
    notice, evidence = read_with_attachments(page, URL, [Attached(FILE_URL, _content(name))])
    assert notice == read_document(page, URL)
    assert evidence == ()


def test_a_form_with_a_date_does_not_date_the_notice() -> None:
    page = read_page(page_2018(CONTROL, paragraphs(CONTROLS)).decode(), URL)
    form = read_attachment(
        document(paragraph("申请表"), paragraph("商务部"), paragraph("2031年1月1日"))
    )
    alone = read_document(page, URL)
    notice, _ = read_with_attachments(page, URL, [Attached(FILE_URL, form)])
    assert (notice.issued_on, notice.issuers) == (alone.issued_on, alone.issuers)


_TARIFF = (
    ("税则号列", "商品名称", "协定税率（%）"),
    ("08101000", "草莓", "0"),
    ("08105000", "猕猴桃", "5"),
)


def _table(rows: Sequence[Sequence[str]], confidence: float | None = None) -> Table:
    return Table(
        rows=tuple(tuple(Cell(text=text, confidence=confidence) for text in row) for row in rows)
    )


@pytest.mark.parametrize(
    ("links", "order"),
    [
        (("附件1.物项清单.docx", "附件2.商品清单.xlsx"), (0, 1)),
        (("附件2：商品清单.xlsx", "附件1：物项清单.docx"), (1, 0)),
        (("2.商品清单.xlsx", "1.物项清单.docx"), (1, 0)),
        (("物项清单.docx", "商品清单.xlsx"), (0, 1)),
    ],
)
def test_a_file_is_the_annex_that_its_link_names(
    links: tuple[str, str], order: tuple[int, int]
) -> None:
    lines = [CONTROLS[0] + "附件2所列商品适用协定税率。", *CONTROLS[3:]]
    html = "".join(f'<p><a href="/f/{name}">{name}</a></p>' for name in links)
    page = read_page(page_2018(CONTROL, paragraphs(lines) + html).decode(), URL)
    contents = [
        AttachmentContent(kind="docx", blocks=(_table(ITEMS),)),
        AttachmentContent(kind="xlsx", blocks=(_table(_TARIFF),)),
    ]
    attached = [
        Attached(link.url, contents[index])
        for link, index in zip(page.attachments, order, strict=True)
    ]
    notice, _ = read_with_attachments(page, URL, attached)
    assert [item.name for item in notice.regulated_items] == [row[1] for row in ITEMS[1:]]
    # The first file alone keeps its number.
    notice, _ = read_with_attachments(page, URL, attached[order[1] : order[1] + 1])
    assert notice.regulated_items == ()


_GOODS = (
    ("序号", "商品名称", "商品编号"),
    ("1", "草莓", "0810100000"),
    ("2", "猕猴桃", "0810500000"),
)
_TWO = [
    "决定对附件1所列物项实施出口管制。附件2所列商品适用协定税率。",
    "附件：1.物项清单",
    "2.商品清单",
    "商务部 海关总署",
    "2025年2月4日",
]


@pytest.mark.parametrize(
    ("goods", "items"),
    [
        # What the link is called, and the first line of the file.
        (("附件2：商品清单.docx", "附件2：商品清单"), ("附件1：物项清单.docx", "附件1：物项清单")),
        (("附件2：商品清单.docx", "附件：商品清单"), ("附件1：物项清单.docx", "附件：物项清单")),
        (("附件2：商品清单.docx", "附件"), ("附件1：物项清单.docx", "附件1")),
        (("附件２：商品清单.docx", "附 件 ２：商品清单"), ("附件１：物项清单.docx", "附 件 １")),
        (("附件2.docx", "附带条件的商品清单"), ("附件1.docx", "附带条件的物项清单")),
        (("商品清单（附件2）.docx", "商品清单"), ("物项清单（附件1）.docx", "物项清单")),
        (("商务部公告2025年第9号附件2.docx", ""), ("商务部公告2025年第9号附件1.docx", "")),
        (("商品清单.docx", ""), ("物项清单.docx", "")),
        (("download.docx", "附件2"), ("download.docx", "附件1")),
    ],
)
def test_each_file_is_the_annex_that_its_name_its_heading_or_the_notice_says(
    goods: tuple[str, str], items: tuple[str, str]
) -> None:
    files = [(*goods, _GOODS), (*items, ITEMS)]
    html = "".join(f'<p><a href="/f/{i}.docx">{one[0]}</a></p>' for i, one in enumerate(files))
    page = read_page(page_2018(CONTROL, paragraphs(_TWO) + html).decode(), URL)
    attached = [
        Attached(
            link.url,
            AttachmentContent(
                kind="docx",
                blocks=(*([Paragraph(text=first)] if first else []), _table(rows)),
            ),
        )
        for link, (_, first, rows) in zip(page.attachments, files, strict=True)
    ]
    notice, evidence = read_with_attachments(page, URL, attached)
    assert [item.name for item in notice.regulated_items] == [row[1] for row in ITEMS[1:]]
    assert {one.attachment for one in evidence} == {attached[1].url}
    assert not [one for one in notice.warnings if one.startswith("regulated_items")]


@pytest.mark.parametrize(
    ("says", "is_second_read", "doubt"),
    [
        ("对附件1所列物项（附件2所列商品除外）实施出口管制。", False, None),
        ("对附件1所列物项（不含附件2所列商品）实施出口管制。", False, None),
        ("对除附件2所列商品以外的附件1所列物项实施出口管制。", False, None),
        ("对附件1所列物项实施出口管制。出口附件2所列商品无需申请许可证。", False, "annex 2"),
        ("对附件1、2所列物项实施出口管制。", True, None),
        # By the title that the notice announces.
        ("对物项清单所列物项实施出口管制。", False, "annex 2"),
        (
            "对附件1、2所列物项实施出口管制；其中附件2所列商品原则上不予许可。",
            True,
            "besides is not read: 附件2所列商品原则上不予许可",
        ),
    ],
)
def test_what_sentences_say_of_each_annex(
    says: str, is_second_read: bool, doubt: str | None
) -> None:
    html = "".join(f'<p><a href="/f/{n}.docx">附件{n}.docx</a></p>' for n in (1, 2))
    page = read_page(page_2018(CONTROL, paragraphs([says, *_TWO[1:]]) + html).decode(), URL)
    attached = [
        Attached(link.url, AttachmentContent(kind="docx", blocks=(_table(rows),)))
        for link, rows in zip(page.attachments, (ITEMS, _GOODS), strict=True)
    ]
    notice, _ = read_with_attachments(page, URL, attached)
    expected = [row[1] for row in (*ITEMS[1:], *(_GOODS[1:] if is_second_read else ()))]
    assert [item.name for item in notice.regulated_items] == expected
    doubts = [one for one in notice.warnings if one.startswith("regulated_items")]
    assert [doubt in one for one in doubts] == [True] if doubt else doubts == []


def test_entities_of_an_annex_on_which_no_decision_is_read_are_doubted() -> None:
    says = "将附件1所列实体列入出口管制管控名单，将附件2所列实体移出出口管制管控名单。"
    html = "".join(f'<p><a href="/f/{n}.docx">附件{n}.docx</a></p>' for n in (1, 2))
    page = read_page(page_2018(LISTING, paragraphs([says, *_TWO[3:]]) + html).decode(), URL)
    header, *rows = ENTITIES
    attached = [
        Attached(link.url, AttachmentContent(kind="docx", blocks=(_table([header, *some]),)))
        for link, some in zip(page.attachments, (rows[:2], rows[2:4]), strict=True)
    ]
    notice, _ = read_with_attachments(page, URL, attached)
    assert [one.name_zh for one in notice.listed_entities] == [row[1] for row in rows[:2]]
    doubt = "listed_entities: no decision is read on the entries of annex 2"
    assert doubt in notice.warnings


def test_a_deadline_in_an_attached_table() -> None:
    page = read_page(page_2018("关于申报配额的通知", paragraphs(CONTROLS[1:])).decode(), URL)
    rows = (("品种", "申报期限"), ("甘草", "2025年11月30日前"))
    content = AttachmentContent(kind="docx", blocks=(Paragraph(text="附件"), _table(rows)))
    notice, evidence = read_with_attachments(page, URL, [Attached(FILE_URL, content)])
    (deadline,) = notice.deadlines
    assert (deadline.due, str(deadline.on)) == ("甘草", "2025-11-30")
    (where,) = (one for one in evidence if one.field == "deadlines[0].on")
    assert (where.quote, where.row, where.cell) == ("2025年11月30日前", 1, "1")


def test_what_is_recognised_in_a_picture_has_its_confidence() -> None:
    page = read_page(page_2018(CONTROL, paragraphs(CONTROLS)).decode(), URL)
    rows = (
        ("序号", "物项名称", "海关商品编号"),
        ("1", "金属铽", "2805301300"),
        ("2", "氧化铁", "2846901500"),
    )
    table = _table(rows, 0.97)
    last = (*table.rows[2][:1], table.rows[2][1].model_copy(update={"confidence": 0.84}))
    table = table.model_copy(update={"rows": (*table.rows[:2], (*last, table.rows[2][2]))})
    content = AttachmentContent(kind="image", blocks=(table,))
    notice, evidence = read_with_attachments(page, URL, [Attached(FILE_URL, content)])
    assert [item.confidence for item in notice.regulated_items] == [0.97, 0.84]
    assert {one.confidence for one in evidence} == {0.97, 0.84}
    assert (
        "regulated_items[1].name: recognised as 氧化铁, and 2846901500 is of 镝" in notice.warnings
    )
    assert not [one for one in notice.warnings if "铽" in one]


@pytest.mark.parametrize(
    ("title", "lines", "printed", "doubted"),
    [
        (CONTROL, CONTROLS, ["1C901.a 某酸铋（参考海关商品编号：2841909000）"], False),
        (CONTROL, CONTROLS, ["（略）"], True),
        # What is attached is a list of entities: no goods stand there.
        (
            LISTING,
            ["决定将附件所列实体列入出口管制管控名单，禁止向附件所列实体出口两用物项。", "附件：管控名单"],
            ["1. 甲乙系统公司（Orlin Defense Systems Co., Ltd.）"],
            False,
        ),
    ],
)  # fmt: skip
def test_goods_that_stand_in_an_attachment_are_doubted_until_they_are_read(
    title: str, lines: Sequence[str], printed: Sequence[str], doubted: bool
) -> None:
    link = f'<p><a href="{FILE_URL}.docx">附件.docx</a></p>'
    page = read_page(page_2018(title, paragraphs(lines) + link).decode(), URL)
    blocks = tuple(Paragraph(text=text) for text in ("附件1", "清单", *printed))
    content = AttachmentContent(kind="docx", blocks=blocks)
    notice, _ = read_with_attachments(page, URL, [Attached(f"{FILE_URL}.docx", content)])
    alone = read_document(page, URL)
    about = "regulated_items: goods stand in an attachment"
    assert any(one.startswith(about) for one in notice.warnings) is doubted
    assert any(one.startswith(about) for one in alone.warnings) is (title == CONTROL)
