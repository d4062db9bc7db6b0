"""DOC and WPS, the binary format of Word 97 (MS-DOC): turned into DOCX by msdoc2docx, and its text read twice."""

import re
import struct
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from doc2docx import convert
from doc2docx.errors import Doc2DocxError, EncryptedDocumentError

from services.parser.attachments.limits import Damaged, Encrypted
from services.parser.attachments.texts import one_line
from services.parser.attachments.word.docx import read_docx
from services.parser.attachments.word.pieces import Texts, texts_of
from shared.attachment import AttachmentContent, Kind, Paragraph

# Of the characters that the second reading finds; fields and numbers of lists differ a little.
_FEWEST = 0.98
_WORDS = re.compile(r"\w")
# What the converter ends in on crafted bytes, beside its own errors.
_BROKEN = (
    Doc2DocxError,
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    RecursionError,
    struct.error,
    TypeError,
    ValueError,
)


def read_doc(data: bytes, kind: Kind) -> AttachmentContent:
    """A document of Word 97 or WPS; text boxes that the converter has lost stand behind its text.

    One that the converter refuses is read as text alone, with a warning that its tables are missing.
    Raises Damaged if neither reading succeeds, Encrypted, or TooLarge.
    """
    texts = texts_of(data)
    try:
        content = read_docx(_as_docx(data), kind)
    except EncryptedDocumentError as error:
        raise Encrypted("the document has a password") from error
    except (*_BROKEN, Damaged) as error:
        if texts is None:
            raise Damaged(f"{type(error).__name__}: {error}") from error
        return AttachmentContent(
            kind=kind,
            blocks=(*_paragraphs(texts.main), *_paragraphs(texts.boxes)),
            warnings=(
                f"read as text alone, its tables are missing: {type(error).__name__}: {error}",
            ),
        )
    if texts is None:
        return content
    read = content.text
    boxes = [block for block in _paragraphs(texts.boxes) if block.text not in read]
    return content.model_copy(
        update={
            "blocks": (*content.blocks, *boxes),
            "warnings": (*content.warnings, *_missing(content, texts)),
        }
    )


def _paragraphs(text: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(text=line) for part in text.split("\n") if (line := one_line(part)))


def _as_docx(data: bytes) -> bytes:
    with TemporaryDirectory(prefix="mofcom-doc-") as folder:
        source, target = Path(folder, "a.doc"), Path(folder, "a.docx")
        source.write_bytes(data)
        convert(source, target)
        return target.read_bytes()


def _missing(content: AttachmentContent, texts: Texts) -> Iterable[str]:
    """A warning where the second reading found text that the first one did not."""
    if any("tracked changes" in one or "hidden text" in one for one in content.warnings):
        return
    wanted, found = Counter(_WORDS.findall(texts.main)), Counter(_WORDS.findall(content.text))
    share = 1 - (wanted - found).total() / wanted.total() if wanted else 1
    if share < _FEWEST:
        yield f"a second reading found more text: {1 - share:.0%} of its characters are missing here"
