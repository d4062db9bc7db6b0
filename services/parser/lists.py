"""What a notice lists, read together with its attachments: a pure function of the bytes of all of them."""

from collections.abc import Sequence
from typing import Any

from services.parser.attached import LISTS, Attached
from services.parser.parse import parse, parse_with_attachments
from shared.attachment import AttachmentContent, Lists


def lists_of(body: bytes, url: str, contents: Sequence[tuple[str, bytes]], **known: Any) -> Lists:
    """The lists of the page with this body, and of its attachments: their addresses and `AttachmentContent` as JSON.

    `known` is as for `parse`. Raises UnreadablePage.
    """
    attachments = [
        Attached(address, AttachmentContent.model_validate_json(content))
        for address, content in contents
    ]
    alone = parse(body, url, **known)
    notice, in_attachments = parse_with_attachments(body, url, attachments, **known)
    return Lists(
        **{name: getattr(notice, name) for name in LISTS},
        evidence=notice.evidence,
        in_attachments=in_attachments,
        doubts=tuple(one for one in notice.warnings if one not in alone.warnings),
        settled=tuple(one for one in alone.warnings if one not in notice.warnings),
    )
