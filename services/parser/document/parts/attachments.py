"""附件 that the page links to, and where the text names them."""

from services.parser.document.document import Document, Reading
from shared.notice import Attachment, Evidence


def read(document: Document) -> Reading[tuple[Attachment, ...]]:
    """The attachments of the page; one that the text does not name is doubtful."""
    evidence: list[Evidence] = []
    warnings: list[str] = []
    printed = document.body.printed
    for index, attachment in enumerate(document.attachments):
        start = printed.find(attachment.name)
        if start >= 0:
            field, end = f"attachments[{index}].name", start + len(attachment.name)
            evidence.append(Evidence(field=field, source="body_text", start=start, end=end))
        else:
            warnings.append(f"attachments[{index}]: the text does not name it")
    return Reading(document.attachments, tuple(evidence), tuple(warnings))
