"""Archives, HTML and text under other names, and files that are not read."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tests.services.parser.attachments.authoring.case import Case
from tests.services.parser.attachments.authoring.content import DUTIES, ITEMS, ITEMS_TITLE
from tests.services.parser.attachments.authoring.documents import LIST
from tests.services.parser.attachments.authoring.ole import compound
from tests.services.parser.attachments.authoring.wordprocessing import zipped
from tests.services.parser.attachments.authoring.workbooks import DUTIES_TITLE, duties_xlsx

_HTML = (
    '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta http-equiv=Content-Type '
    'content="text/html; charset=gb2312"></head><body><p>税率表</p><table border=1><tr><td>税则号列</td>'
    "<td colspan=2>税率</td></tr><tr><td x:str>0106</td><td>10%</td><td>0%</td></tr></table></body></html>"
)
_TEXT = "附件：出口许可证申请表\r\n\r\n一、申请人\t名称\r\n二、合同号"
# The first bytes of a picture of one pixel are enough.
_PNG = b"\x89PNG\r\n\x1a\n" + bytes.fromhex("0000000d49484452000000010000000108000000003a7e9b55")
_RAR = b"Rar!\x1a\x07\x01\x00" + bytes(32)


def _in_gbk(files: dict[str, bytes]) -> bytes:
    """A ZIP file whose names are in GBK, without a mark, as Chinese Windows and WinRAR write them."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = ZipInfo("x" * len(name.encode("gbk")), (2025, 1, 1, 0, 0, 0))
            archive.writestr(info, data, ZIP_DEFLATED)
    data = out.getvalue()
    for name in files:
        raw = name.encode("gbk")
        # (Once before the file, once in the directory.)
        data = data.replace(b"x" * len(raw), raw, 1)
        at = (
            data.rindex(b"x" * len(raw))
            if data.count(b"x" * len(raw)) == 1
            else data.index(b"x" * len(raw))
        )
        data = data[:at] + raw + data[at + len(raw) :]
    return data


def _with_password() -> bytes:
    """A ZIP file whose members are marked as encrypted."""
    data = bytearray(zipped({"a.docx": LIST}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    return bytes(data)


def _text_of(title: str, rows: list[list[str]]) -> str:
    return "\n".join([title, *("\t".join(row) for row in rows)])


def cases() -> list[Case]:
    """All other files."""
    workbook = "\n".join([_text_of(DUTIES_TITLE, DUTIES), "注：编号供参考，以物项描述为准。"])
    return [
        Case(
            "html.xls",
            lambda: _HTML.encode("gbk"),
            "html",
            [[["税则号列", "税率", "税率"], ["0106", "10%", "0%"]]],
            ["税率表"],
        ),
        Case(
            "gbk.txt",
            lambda: _TEXT.encode("gbk"),
            "text",
            [],
            ["附件：出口许可证申请表", "一、申请人 名称", "二、合同号"],
        ),
        Case(
            "gbk-names.zip",
            lambda: _in_gbk(
                {
                    "附件1：物项清单.docx": LIST,
                    "附件2：税率.xlsx": duties_xlsx(),
                    "说明.txt": "略".encode(),
                }
            ),
            "zip",
            members=[
                (
                    "附件1：物项清单.docx",
                    "docx",
                    _text_of(ITEMS_TITLE, ITEMS) + "\n注：编号供参考，以物项描述为准。",
                ),
                ("附件2：税率.xlsx", "xlsx", workbook),
                ("说明.txt", "text", "略"),
            ],
        ),
        Case(
            "utf8-names-and-others.zip",
            lambda: zipped(
                {"附件/目录.pdf.rar": _RAR, "附件/": b"", "__MACOSX/._a": b"x", "空.doc": b""}
            ),
            "zip",
            members=[
                ("附件/目录.pdf.rar", "rar", "no reader for rar"),
                ("空.doc", "other", "an empty file"),
            ],
        ),
        Case(
            "password.zip",
            _with_password,
            "zip",
            state="encrypted",
            reason="all its files have a password",
        ),
        Case(
            "password.docx",
            lambda: compound({"EncryptedPackage": b"\1", "EncryptionInfo": b"\2"}),
            "other",
            state="encrypted",
            reason="the Office file has a password",
        ),
        Case(
            "scan.png",
            lambda: _PNG,
            "image",
            state="unread kind",
            reason="a picture, whose text is not recognised",
        ),
        Case("list.rar", lambda: _RAR, "rar", state="unread kind", reason="no reader for rar"),
        Case(
            "notice.ofd",
            lambda: zipped({"OFD.xml": b"<ofd:OFD/>", "Doc_0/Document.xml": b"<a/>"}),
            "ofd",
            state="unread kind",
            reason="no reader for ofd",
        ),
        Case(
            "cut.docx",
            lambda: LIST[: len(LIST) // 2],
            "zip",
            state="damaged",
            reason="no readable ZIP file: File is not a zip file",
        ),
    ]
