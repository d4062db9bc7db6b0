"""The kind is that of the bytes, whatever the name."""

import pytest

from services.parser.attachments.kinds import kind_of
from tests.services.parser.attachments.authoring.ole import compound
from tests.services.parser.attachments.authoring.wordprocessing import zipped


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "other"),
        (b"\0\1\2\3", "other"),
        (b"%PDF-1.4\n", "pdf"),
        (b"\xef\xbb\xbf\r\n%PDF-1.7\n", "pdf"),
        (b"{\\rtf1\\ansi", "rtf"),
        (b"\xff\xd8\xff\xe0", "image"),
        (b"II*\0", "image"),
        (b"BM\x36\0\0\0\0\0\0\0", "image"),
        ("BM公司名单".encode(), "text"),
        (b"PK\x03\x04", "zip"),
        (b"PK\x05\x06" + bytes(18), "zip"),
        (zipped({"a.txt": b"a"}), "zip"),
        (zipped({"ppt/presentation.xml": b"<p/>"}), "pptx"),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), "odt"),
        (zipped({"mimetype": b"application/epub+zip"}), "zip"),
        (compound({"WordDocument": b"x"}), "doc"),
        (compound({"WordDocument": b"x", "WpsCustomData": b"x"}), "wps"),
        (compound({"Workbook": b"x"}), "xls"),
        (compound({"Workbook": b"x", "ETExtData": b"x"}), "et"),
        (compound({"Contents": b"x"}), "other"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "other"),
        (b"  <!DOCTYPE html>\n<html>", "html"),
        (b"<table><tr><td>1</td></tr></table>", "html"),
        ("商品编号,税率\n0106,10%".encode("gbk"), "text"),
        ("商品编号".encode("utf-16"), "text"),
        (("税" * 5000).encode("gbk"), "text"),
    ],
)
def test_kind_of(data: bytes, kind: str) -> None:
    assert kind_of(data) == kind
