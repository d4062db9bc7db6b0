"""Labels in front of a value: the block of 【】 above a document, and 附件."""

import re

from services.translator.rules.frame import Frame
from shared.chinese.annexes import HEADINGS
from shared.chinese.characters import HAN, fold
from shared.chinese.file_endings import FILE_ENDING
from shared.chinese.labels import label_named
from shared.chinese.numerals import number

_LABEL = re.compile(
    rf"【\s*(?P<label>[{HAN}]{{2,8}})\s*】\s*(?P<value>.*)|(?P<plain>[{HAN}]{{4}})[：:]\s*(?P<said>.*)"
)
_ENGLISH = {
    "number": "Document number",
    "unit": "Issued by",
    "issued": "Date of issue",
    "effective": "Effective date",
    "index": "Index number",
    "validity": "Validity",
    # What only pages print.
    "文章来源": "Source",
    "信息来源": "Source",
    "效力级别": "Rank",
    "文章类型": "Type",
    "内容分类": "Category",
    "主题分类": "Category",
}
_FILE = re.compile(rf"(?P<name>.+?)(?P<type>{FILE_ENDING})")


def label(text: str) -> Frame | None:
    """【发布文号】 or 发布文号： and its value: `before` is "[Document number]"."""
    match = _LABEL.fullmatch(text)
    if match is None:
        return None
    words = match["label"] or match["plain"]
    english = _ENGLISH.get(label_named(words) or words)
    if english is None:
        return None
    return Frame(f"[{english}]", match["value"] or match["said"] or "")


def annex(text: str) -> Frame | None:
    """附件1：名单.pdf in parts: "Annex 1:", 名单, ".pdf"; 附件 alone is "Annex"."""
    heading = HEADINGS.match(fold(text)) if text.startswith("附") else None
    if heading is None:
        return None
    before = f"Annex {number(heading['number']) or ''}".strip()
    if heading.name == "alone":
        return Frame(before, "")
    if heading["mark"] != "：":
        return None
    rest = text[slice(*heading.span("title"))].strip()
    file = _FILE.fullmatch(rest)
    return Frame(f"{before}:", file["name"] if file else rest, file["type"] if file else "")
