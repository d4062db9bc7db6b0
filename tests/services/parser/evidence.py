"""Whether a notice says where it read each of its values, and the text there says the value."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from services.parser.document.entity_lists.lists import list_named
from shared.chinese.bodies import bodies_of_line
from shared.chinese.characters import fold
from shared.chinese.dates import find_dates, parse_instant
from shared.chinese.document_numbers import find_numbers, parse_bare
from shared.chinese.gaps import without_gaps
from shared.chinese.numerals import NUMERAL, number
from shared.notice import Evidence, Notice

# The words that each relation, action and measure is read from.
_WORDS = {
    "basis": "根据|依据|按照|依照|遵照|参照|贯彻|落实|依|按|执行",
    "amends": "修改|修订|修正|调整|更改|变更|补充|增列|增补",
    "extends": "延长|延续|顺延|延期|继续",
    "suspends": "暂停|中止|暂缓|暂不|停止",
    "resumes": "恢复|停止|终止|解除",
    "repeals": "废止|失效|撤销|停止|不再|宣布",
    "corrects": "更正|勘误",
    "explains": "解释|释义|解读|答记者问|答问",
    "add": "列入|纳入|加入|新增|采取",
    "remove": "移出|移除|调出|删除|停止|终止|取消|解除",
    "suspend": "暂停|中止",
    "resume": "恢复",
    "amend": "更名|变更|修改|更正|采取",
    "anti-dumping": "倾销",
    "countervailing": "补贴",
    "safeguard": "保障措施",
    "export": "出口",
    "import": "进口",
}
_NUMERALS = re.compile(rf"第?(\d+|{NUMERAL}+)")
# A day without its year, or the last of a month or year.
_YEARLESS = re.compile(r"\d月\d{1,2}日|\d日|[年月]?[底末]")
# A day that is counted: 自公布之日起, 90天, 两个工作日内, 调查期限延长3个月.
_COUNTED = re.compile(
    rf"日起|之日|即日|(?<!\d)(?:\d{{1,3}}|{NUMERAL}{{1,4}}|半|两)\s?(?:个?工作日|个月|天|日内|年(?!\d))"
)


def quote(notice: Notice, evidence: Evidence) -> str:
    """The text at an evidence span."""
    if evidence.source == "meta":
        assert evidence.key is not None
        text = notice.meta[evidence.key]
    else:
        text = notice.body_text if evidence.source == "body_text" else notice.title or ""
    return text[evidence.start : evidence.end]


def check_evidence(notice: Notice) -> None:
    """The text at each span is the value or what it was read from; a value without one is doubted."""
    values = notice.model_dump(mode="python")
    for evidence in notice.evidence:
        text = quote(notice, evidence)
        assert text, evidence
        assert _says(evidence.field, text, _value(values, evidence.field)), (evidence, text)
    told = {evidence.field for evidence in notice.evidence}
    doubted = {warning.split(":")[0] for warning in notice.warnings}
    missing = [field for field in _fields(notice) if field not in told | doubted]
    assert missing == []


def _fields(notice: Notice) -> Iterator[str]:
    for field in [
        "title",
        "document_number",
        "document_number_raw",
        "document_type",
        "department",
        "issued_on",
        "published_at",
        "effective_on",
        "effective_at",
        "source",
        "column",
        "index_number",
        "validity",
    ]:
        if getattr(notice, field) is not None:
            yield field
    for field in ("issuers", "addressees", "section_heads"):
        yield from (f"{field}[{place}]" for place in range(len(getattr(notice, field))))
    for field in ("citations", "deadlines", "listed_entities", "regulated_items", "duty_rates"):
        for place, value in enumerate(getattr(notice, field)):
            for name, part in value.model_dump(exclude_defaults=True).items():
                # A document that is only mentioned is so called by no word.
                if part and part != "mentions" and name != "hs_codes":
                    yield f"{field}[{place}].{name}"
    named = {evidence.field for evidence in notice.evidence}
    for place in range(len(notice.attachments)):
        field = f"attachments[{place}]"
        yield f"{field}.name" if f"{field}.name" in named else field


def _value(values: dict[str, Any], field: str) -> Any:
    value: Any = values
    for part in field.replace("[", ".").replace("]", "").split("."):
        value = value[int(part)] if part.isdigit() else value[part]
    return value


def _says(field: str, text: str, value: Any) -> bool:
    name = field.rpartition(".")[2]
    text = without_gaps(text).text
    folded = fold(text)
    if name in ("issued_on", "effective_on", "on"):
        if value in [day.value for day in find_dates(folded)]:
            return True
        return bool(_COUNTED.search(text) or _YEARLESS.search(text))
    if name in ("published_at", "effective_at"):
        instant = parse_instant(folded)
        return instant is not None and instant.value == value
    if name in ("since", "until"):
        days = {day.value for day in find_dates(folded)}
        day = value.date() if isinstance(value, datetime) else value
        # A citation's end is the first instant after the day that is printed.
        return bool({day, day - timedelta(days=1)} & days or _COUNTED.search(text))
    if name == "document_number":
        serials = [found.number.serial for found in find_numbers(folded)]
        serials += [serial for one in _NUMERALS.findall(folded) if (serial := number(one))]
        bare = parse_bare(text)
        return any(f"{serial}号" in value for serial in [*serials, *([bare[1]] if bare else [])])
    if field.startswith("issuers"):
        bodies = bodies_of_line(folded, 0, len(folded)) or []
        named = [body.name for body in bodies]
        named += [issuer for found in find_numbers(folded) for issuer in found.number.issuers]
        return value in named
    if name == "document_type":
        return value in "".join(folded.split())
    if name in ("relation", "action", "measure", "direction"):
        return bool(re.search(_WORDS[value], text))
    if name == "list":
        return list_named(folded, 0, len(folded)) == value or "反制" in text
    if name == "kind":
        return bool(text.strip())
    if name == "position":
        # A list goes on counting where its next section starts anew.
        printed = number(folded.strip("（）.、 "))
        return printed is None or printed <= value
    if name == "rate":
        return f"{value:g}" in folded or f"{value:.1f}" in folded
    if name == "role":
        return bool(text)
    if name in ("clause", "code", "control_code"):
        return "".join(folded.split()) in fold(value)
    # Values are without the spaces between Chinese characters and digits.
    return "".join(text.split()) == "".join(value.split())
