"""Image files to blocks."""

from services.parser.attachments.limits import UnreadKind
from services.parser.attachments.ocr.pictures import image_pictures
from services.parser.attachments.ocr.recognise import MOST_RECOGNISED, recognised
from services.parser.attachments.pdf.read import blocks_of, taken_apart
from shared.attachment import AttachmentContent


def read_picture(data: bytes) -> AttachmentContent:
    """The text and the tables of an image file. Raises Damaged, TooLarge, or UnreadKind for one without a text."""
    pictures = image_pictures(data, MOST_RECOGNISED)
    pages = [taken_apart(recognised(one, number)) for number, one in enumerate(pictures, 1)]
    warnings = ["its text is recognised in a picture"]
    blocks = blocks_of(pages, warnings)
    if not blocks:
        raise UnreadKind("a picture, in which no text is recognised")
    return AttachmentContent(
        kind="image", pages=len(pages), blocks=blocks, warnings=tuple(warnings)
    )
