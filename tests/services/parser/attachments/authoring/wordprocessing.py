"""DOCX files by hand, with the XML that Word and WPS write (ECMA-376), so that no reader's own writer is used."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = (
    f'xmlns:w="{_W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>{}</Types>'
)
_TYPE = (
    '<Override PartName="/word/{0}.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{1}+xml"/>'
)
_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_RELATION = (
    '<Relationship Id="{0}" Target="{1}" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{2}"/>'
)
A4, A4_LANDSCAPE = (11906, 16838), (16838, 11906)
_STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:eastAsia="Droid Sans Fallback"'
    ' w:hAnsi="Times New Roman"/><w:sz w:val="21"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
)


def run(text: str, properties: str = "") -> str:
    """A run of text; `properties` as XML."""
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n")
    )
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{lines}</w:r>"


def paragraph(*content: str, properties: str = "") -> str:
    """A paragraph of runs; a text that is no XML becomes one."""
    runs = "".join(one if one.startswith("<") else run(one) for one in content)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs}</w:p>"


def inserted(text: str) -> str:
    """A tracked insertion."""
    return f'<w:ins w:id="1" w:author="a" w:date="2025-01-02T03:04:05Z">{run(text)}</w:ins>'


def deleted(text: str) -> str:
    """A tracked deletion."""
    return (
        '<w:del w:id="2" w:author="a" w:date="2025-01-02T03:04:05Z"><w:r><w:delText>'
        f"{escape(text)}</w:delText></w:r></w:del>"
    )


def text_box(text: str) -> str:
    """A text box, twice, as Word writes it: for newer programs and for older ones."""
    inner = f"<w:txbxContent>{paragraph(text)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" '
        'distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" '
        'allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>0'
        '</wp:posOffset></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset>'
        '</wp:positionV><wp:extent cx="2400000" cy="600000"/><wp:wrapTopAndBottom/><wp:docPr id="1" name="b"/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="2400000" cy="600000"/>'
        f'</a:xfrm><a:prstGeom prst="rect"/></wps:spPr><wps:txbx>{inner}</wps:txbx><wps:bodyPr/></wps:wsp>'
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:rect>"
        f"<v:textbox>{inner}</v:textbox></v:rect></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def note_reference(identity: int) -> str:
    """The mark of a footnote."""
    return f'<w:r><w:footnoteReference w:id="{identity}"/></w:r>'


def controlled(content: str) -> str:
    """Blocks in a content control, as forms have them."""
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"


@dataclass(frozen=True)
class C:
    """A cell: text or XML, columns that it spans, `down` = "restart" or "continue" of a vertical merge."""

    text: str = ""
    across: int = 1
    down: str | None = None


def table(rows: Sequence[Sequence[str | C]], widths: Sequence[int], header_rows: int = 1) -> str:
    """A ruled table; `widths` of its columns in twentieths of a point."""
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    lines = "".join(_row(row, widths, index < header_rows) for index, row in enumerate(rows))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl>'
    )


def _row(row: Sequence[str | C], widths: Sequence[int], is_header: bool) -> str:
    cells, column = "", 0
    for one in row:
        cell = one if isinstance(one, C) else C(one)
        width = sum(widths[column : column + cell.across])
        column += cell.across
        span = f'<w:gridSpan w:val="{cell.across}"/>' if cell.across > 1 else ""
        down = cell.down and (
            "<w:vMerge/>" if cell.down == "continue" else '<w:vMerge w:val="restart"/>'
        )
        content = cell.text if cell.text.startswith("<") else paragraph(cell.text)
        cells += f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{down or ""}</w:tcPr>{content}</w:tc>'
    properties = "<w:trPr><w:tblHeader/></w:trPr>" if is_header else ""
    return f"<w:tr>{properties}{cells}</w:tr>"


def document(
    *blocks: str,
    notes: Sequence[str] = (),
    numbering: str = "",
    size: tuple[int, int] = A4,
) -> bytes:
    """A DOCX file; `notes` are its footnotes, counted from 1, `numbering` the XML of its lists."""
    turned = ' w:orient="landscape"' if size[0] > size[1] else ""
    section = (
        f'<w:sectPr><w:pgSz w:w="{size[0]}" w:h="{size[1]}"{turned}/>'
        '<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="720" w:footer="720" '
        'w:gutter="0"/></w:sectPr>'
    )
    parts = {
        "document": f"<w:document {_NAMESPACES}><w:body>{''.join(blocks)}{section}</w:body></w:document>",
        "styles": f"<w:styles {_NAMESPACES}>{_STYLES}</w:styles>",
    }
    if notes:
        footnotes = "".join(
            f'<w:footnote w:id="{index}">{paragraph(note)}</w:footnote>'
            for index, note in enumerate(notes, 1)
        )
        parts["footnotes"] = (
            f'<w:footnotes {_NAMESPACES}><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r>'
            f"</w:p></w:footnote>{footnotes}</w:footnotes>"
        )
    if numbering:
        parts["numbering"] = f"<w:numbering {_NAMESPACES}>{numbering}</w:numbering>"
    return _package(parts)


def _package(parts: dict[str, str]) -> bytes:
    types = "".join(
        _TYPE.format(name, "document.main" if name == "document" else name) for name in parts
    )
    relations = "".join(
        _RELATION.format(f"rId{index}", f"{name}.xml", name)
        for index, name in enumerate(parts)
        if name != "document"
    )
    files = {
        "[Content_Types].xml": _TYPES.format(types),
        "_rels/.rels": _RELATIONS.format(
            _RELATION.format("rId1", "word/document.xml", "officeDocument")
        ),
        "word/_rels/document.xml.rels": _RELATIONS.format(relations),
        **{f"word/{name}.xml": content for name, content in parts.items()},
    }
    return zipped(
        {
            name: f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{content}'.encode()
            for name, content in files.items()
        }
    )


def zipped(files: dict[str, bytes]) -> bytes:
    """A ZIP file that is the same whenever it is made."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = ZipInfo(name, (2025, 1, 1, 0, 0, 0))
            info.compress_type = ZIP_DEFLATED
            archive.writestr(info, content)
    return out.getvalue()
