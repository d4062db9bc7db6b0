"""DOCX, opened by python-docx.

Its XML is read here, because python-docx passes over insertions, text boxes and content controls, and knows no
numbers of lists.
"""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from lxml import etree

from services.parser.attachments.limits import BROKEN_ZIP, Damaged
from services.parser.attachments.word.body import Body
from services.parser.attachments.word.numbering import Numbering
from services.parser.attachments.xml import Parts, check_entities, parser, refused
from shared.attachment import AttachmentContent, Block, Kind

# Read as XML; the other parts are pictures, fonts and styles.
_TEXTS = (
    "word/document.xml",
    "word/footnotes.xml",
    "word/endnotes.xml",
    "word/numbering.xml",
    "word/styles.xml",
)


def read_docx(data: bytes, kind: Kind = "docx") -> AttachmentContent:
    """A Word document. Raises Damaged or TooLarge."""
    parts = Parts(data)
    for name in _TEXTS:
        if name in parts.names:
            check_entities(parts.bytes_of(name), name)
    try:
        main = docx.Document(BytesIO(data)).part
        body = Body(_numbering(main))
        blocks: list[Block] = body.blocks(main.element.body)
        for relation in (RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES):
            for notes in _related(main, relation):
                blocks += body.notes(notes)
    except etree.XMLSyntaxError as error:
        raise refused(error, "the document") from error
    except (
        OpcError,
        *BROKEN_ZIP,
        KeyError,
        AttributeError,
    ) as error:
        raise Damaged(f"{type(error).__name__}: {error}") from error
    return AttachmentContent(kind=kind, blocks=tuple(blocks), warnings=tuple(body.warnings()))


def _numbering(main: Any) -> Numbering:
    definitions = next(iter(_related(main, RELATIONSHIP_TYPE.NUMBERING)), None)
    return Numbering(definitions, main._styles_part.element)


def _related(main: Any, relation_type: str) -> Iterable[Any]:
    """The parts of a type that the document refers to, as elements."""
    for relation in main.rels.values():
        if relation.reltype == relation_type and not relation.is_external:
            yield etree.fromstring(relation.target_part.blob, parser())
