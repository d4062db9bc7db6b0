"""Plain text in any Chinese charset; a line is a paragraph."""

from services.parser.attachments.texts import one_line
from shared.attachment import AttachmentContent, Paragraph
from shared.charset import decode


def read_plain(data: bytes) -> AttachmentContent:
    """A text file."""
    lines = (one_line(line) for line in decode(data).text.split("\n"))
    return AttachmentContent(
        kind="text", blocks=tuple(Paragraph(text=line) for line in lines if line)
    )
