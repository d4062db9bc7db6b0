"""`python -m tests.services.parser.attachments.authoring.bundled`: the notices of the bundled archive whose lists are files.

Written by LibreOffice, which reads none of them here. Titles, numbers and dates follow what the ministry published, the
words are our own.
"""

from pathlib import Path

from testing.corpus import ROOT
from testing.markup import broken_spans, page_2026
from tests.services.parser.attachments.authoring.content import ENTITIES
from tests.services.parser.attachments.authoring.libreoffice import converted
from tests.services.parser.attachments.authoring.wordprocessing import document, paragraph, table

PAGES = ROOT / "seeds" / "pages"
ITEMS = [
    ["序号", "货物名称", "海关商品编号"],
    ["1", "仅装有驱动电动机的乘用车（9座及以下，新车）", "8703801090"],
    ["2", "仅装有驱动电动机的客车（10座及以上，新车）", "8702401000、8702402000"],
    ["3", "仅装有驱动电动机的货车（新车）", "8704601000"],
]
LISTED = [row[:3] for row in ENTITIES[:13]]
_ITEM_LIST = document(
    paragraph("附件"), paragraph("出口许可证管理货物目录"), table(ITEMS, (700, 5500, 3000))
)
_ENTITY_LIST = document(
    paragraph("附件"), paragraph("出口管制管控名单（共12家）"), table(LISTED, (700, 3600, 4700))
)
_DOWNLOAD = (
    "/api-gateway/jpaas-web-server/front/document/download?fileUrl=7c1d5a0b9e42f8&amp;"
    "fileName=%E5%87%BA%E5%8F%A3%E8%AE%B8%E5%8F%AF%E8%AF%81%E7%AE%A1%E7%90%86%E8%B4%A7%E7%89%A9%E7%9B%AE%E5%BD%95.pdf"
)


def _page(
    title: str, number: str, day: str, lines: list[str], attachment: str, signed: list[str]
) -> bytes:
    head = ["【发布单位】安全与管制局", f"【发布文号】{number}", f"【发文日期】{day}"]
    body = broken_spans([*head, *lines]) + f"<p>附件：{attachment}</p>" + broken_spans(signed)
    time = day.replace("年", "-").replace("月", "-").rstrip("日") + " 13:01"
    return page_2026(
        f"{number} {title}",
        body,
        time=time,
        published=time,
        column="政策发布",
        source="安全与管制局",
    )


def main() -> None:
    files = {
        "2025-announcement-54.html": _page(
            "关于对纯电动汽车实施出口许可证管理的公告",
            "商务部 工业和信息化部 海关总署 市场监管总局公告2025年第54号",
            "2025年09月26日",
            [
                "根据《中华人民共和国对外贸易法》和《货物出口许可证管理办法》有关规定，决定对附件所列货物实施出口许可证管理。",
                "出口经营者出口附件所列货物，应当依照规定申请出口许可证。",
                "本公告自2026年1月1日起实施。",
            ],
            f'<a href="{_DOWNLOAD}">出口许可证管理货物目录.pdf</a>',
            ["商务部 工业和信息化部 海关总署 市场监管总局", "2025年9月26日"],
        ),
        "2025-announcement-54-items.pdf": converted(_ITEM_LIST, "docx", "pdf"),
        "2025-announcement-1.html": _page(
            "公布将12家美国实体列入出口管制管控名单",
            "商务部公告2025年第1号",
            "2025年01月02日",
            [
                "根据《中华人民共和国出口管制法》等法律法规有关规定，为维护国家安全和利益，决定将附件所列12家美国实体列入出口管制管控名单。",
                "禁止出口经营者向上述实体出口两用物项。",
                "本公告自公布之日起正式实施。",
            ],
            '<a href="http://images.mofcom.gov.cn/aqygzj/202501/20250102093012456.doc">出口管制管控名单.doc</a>',
            ["商务部", "2025年1月2日"],
        ),
        "2025-announcement-1-entities.doc": converted(_ENTITY_LIST, "docx", "doc"),
    }
    for name, data in files.items():
        Path(PAGES, name).write_bytes(data)
        print(name, len(data))


if __name__ == "__main__":
    main()
