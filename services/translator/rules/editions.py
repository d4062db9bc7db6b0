"""What stands in brackets behind the title of a document: its edition, or the state that it is in."""

import re
from typing import NamedTuple

_STATES = {
    "试行": "for Trial Implementation",
    "暂行": "Interim",
    "修订": "Revised",
    "草案": "Draft",
    "征求意见稿": "Draft for Comments",
    "公开征求意见稿": "Draft for Public Comments",
    "草案征求意见稿": "Draft for Comments",
    "修订草案": "Revised Draft",
    "修订征求意见稿": "Revised Draft for Comments",
    "修订草案征求意见稿": "Revised Draft for Comments",
    "修正草案征求意见稿": "Draft Amendment for Comments",
    "修正案征求意见稿": "Draft Amendment for Comments",
}
_EDITION = re.compile(
    rf"（(?:(?P<year>\d{{4}})年?(?:(?P<revised>修订|修正)|版|本)?|(?P<state>{'|'.join(_STATES)}))）$"
)


class Edition(NamedTuple):
    """A title without its edition, and the edition in English, in brackets."""

    title: str
    english: str


def edition(text: str) -> Edition | None:
    """《市场准入负面清单（2025年版）》: its title and " (2025 Edition)"; None for a title without one."""
    match = _EDITION.search(text)
    if match is None:
        return None
    what = "Revision" if match["revised"] else "Edition"
    said = f"{match['year']} {what}" if match["year"] else _STATES[match["state"]]
    return Edition(text[: match.start()], f" ({said})")
