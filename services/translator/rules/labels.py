"""Labels in front of a value: the block of 【】 above a document, and 附件."""

import re

from services.translator.rules.frame import Frame
from shared.chinese.annexes import HEADINGS
from shared.chinese.characters import fold
from shared.chinese.file_endings import FILE_ENDING
from shared.chinese.numerals import number

_LABEL = re.compile(
    r"【\s*(?P<label>[一-龥]{2,8})\s*】\s*(?P<value>.*)|(?P<plain>[一-龥]{4})[：:]\s*(?P<said>.*)"
)
_LABELS = {
    "发布单位": "Issued by",
    "发布机构": "Issued by",
    "发布部门": "Issued by",
    "发文单位": "Issued by",
    "发文机关": "Issued by",
    "发布文号": "Document number",
    "发文文号": "Document number",
    "发文字号": "Document number",
    "发布日期": "Date of issue",
    "发文日期": "Date of issue",
    "成文日期": "Date of issue",
    "生效日期": "Effective date",
    "实施日期": "Effective date",
    "文章来源": "Source",
    "信息来源": "Source",
    "有效性": "Validity",
    "时效状态": "Validity",
    "效力级别": "Rank",
    "文章类型": "Type",
    "内容分类": "Category",
    "主题分类": "Category",
    "索引号": "Index number",
}
_FILE = re.compile(rf"(?P<name>.+?)(?P<type>{FILE_ENDING})")


def label(text: str) -> Frame | None:
    """【发布文号】 or 发布文号： and its value: `before` is "[Document number]"."""
    match = _LABEL.fullmatch(text)
    english = _LABELS.get(match["label"] or match["plain"]) if match else None
    if not match or not english:
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
