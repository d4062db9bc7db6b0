"""Whether a notice says where it read each of its values, and the text there says the value.

What a text says is read here anew and more simply than by the parser, whose own readers would agree
with it also where it is wrong.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from importlib.resources import files
from typing import Any
from unicodedata import normalize

from shared.chinese import lexicon
from shared.notice import Evidence, Notice, Unread

_CHINA = timezone(timedelta(hours=8))

# The words that each relation, action and measure is read from.
_WORDS = {
    "basis": "根据|依据|按照|依照|遵照|参照|贯彻|落实|依|按|执行",
    "amends": "修改|修订|修正|调整|更改|变更|补充|增列|增补",
    "extends": "延长|延续|顺延|延期|继续|相同|一致|不变|执行",
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
    "initiation": "立案|调查|复审",
    "deposit": "保证金|临时",
    "undertaking": "价格承诺",
    "duty": "征|措施|税率",
    "none levied": "不|终止",
    "ended": "终止|停止|取消|到期|不再",
    "ban": "禁止|暂停|停止|不得|不准",
    "denial": "不予许可|不许可|不予批准",
    "licence": "许可|管制|配额|限制|管理|严格",
    "export": "出口|输出|供应|销售|提供",
    "import": "进口|输入",
}
# What begins on the day of effect: 自2025年3月20日起，对原产于美国的商品加征关税.
_ACT = re.compile("征|禁|不得|停|止|恢复|列入|移出|调整|施|采取|取消|降低|提高|不再|允许|保证金")
# What is read with another field: codes with their item, a number's parts with the number.
_WITH_ANOTHER = ("hs_codes", "document_number_parts", "reason")
_DIGITS = "〇一二三四五六七八九"
_UNITS = {"十": 10, "百": 100, "千": 1000}
_NUMERAL = re.compile(f"[{_DIGITS}{''.join(_UNITS)}]+")
_DAY = re.compile(r"(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})日?")
_DAY_OF_MONTH = re.compile(r"(?:(\d{1,2})月)?(\d{1,2})日")
_INSTANT = re.compile(
    r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})"
    r"(?:[\s日-]*(\d{1,2})\s*[:时]\s*(\d{1,2})(?:[:分]\s*(\d{1,2}))?)?"
)
# A day that is counted from another: 自公布之日起, 90天, 2个工作日内, 调查期限延长3个月, 半年, 两年.
_COUNTED = re.compile(r"日起|之日|即日|(?<!\d)(?:\d{1,3}|半|两)(?:个?工作日|个月|天|日内|年(?!\d))")

# Each printed form of a country with its name, from the table itself.
_PLACES = {
    form: row.name
    for row in lexicon.read_table(files(lexicon) / "places.tsv")
    for form in row.printed
}


def quote(notice: Notice, evidence: Evidence | Unread) -> str:
    """The text at the span of evidence or of unread words."""
    if isinstance(evidence, Evidence) and evidence.source == "meta":
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
    with_evidence = {evidence.field for evidence in notice.evidence}
    doubted = {warning.split(":")[0] for warning in notice.warnings}
    missing = [field for field in _fields(notice) if field not in with_evidence | doubted]
    assert missing == []


def _fields(notice: Notice) -> Iterator[str]:
    for field, known in Notice.model_fields.items():
        # Where a page sends its reader is read in its script, that it is no document in its markup.
        plain = isinstance(getattr(notice, field), str | date)
        if known.default is None and plain and field not in ("redirect_to", "rejection"):
            yield field
    for field in ("issuers", "addressees", "section_heads"):
        yield from (f"{field}[{place}]" for place in range(len(getattr(notice, field))))
    for field in (
        "citations",
        "deadlines",
        "listed_entities",
        "regulated_items",
        "duty_rates",
        "undertakings",
    ):
        for place, value in enumerate(getattr(notice, field)):
            for name, part in value.model_dump(exclude_defaults=True).items():
                # A document that is only mentioned is so called by no word.
                if part and part != "mentions" and name not in _WITH_ANOTHER:
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
    plain = _plain(text)
    if name in ("issued_on", "effective_on", "on"):
        act = name == "effective_on" and len(plain) < 12 and _ACT.search(plain)
        return bool(act) or _says_day(plain, value)
    if name in ("published_at", "effective_at"):
        return value in _instants(text)
    if name in ("since", "until", "last_day"):
        day = value.date() if isinstance(value, datetime) else value
        if field == "last_day" and "配额" in plain:
            return (day.month, day.day) == (12, 31) and str(day.year) in plain
        # A citation's end is the first instant after the day that is printed.
        return _says_day(plain, day) or _says_day(plain, day - timedelta(days=1))
    if name == "translation_of":
        return set(re.findall(r"\d+", value)) <= set(re.findall(r"\d+", text))
    if name == "document_number":
        return _says_number(plain, value)
    if field.startswith("issuers"):
        # 商务部 is printed 商 务 部, 发展改革委 国家发展和改革委员会; the president has no body.
        body = "主席" if value == "国家主席" else value
        return bool(re.search("[^、，]{0,2}".join(body), "".join(text.split())))
    if name == "document_type":
        return value in plain
    if name in ("relation", "action", "measure", "direction", "stage", "remedy_stage"):
        return bool(re.search(_WORDS[value], text))
    if name == "mood":
        return bool(plain)
    if name == "object":
        return bool(
            re.search("查|复审|裁定" if value == "investigation" else "措施|税|配额|期", text)
        )
    if name == "list":
        return value in plain or (value == "反制清单" and "反制" in plain)
    if name == "kind":
        return value == "organisation" if plain.endswith("公司") else bool(plain)
    if name == "position":
        # A list goes on counting where its next section starts anew.
        printed = re.fullmatch(r"\D?(\d+)\D*", plain)
        return printed is None or int(printed[1]) <= value
    if name == "rate":
        return [float(printed) for printed in re.findall(r"\d+(?:\.\d+)?", plain)] == [value]
    if name.startswith("hs_codes"):
        return bool(re.sub(r"\D", "", plain) == value)
    if name == "role":
        return bool(plain)
    if name == "code":
        # 2805.30, and a code between those of 86至89.
        ends = [re.sub(r"\D", "", part) for part in re.split("[-—~至到]", plain)]
        return bool(ends[0] <= value <= ends[-1])
    if name in ("origin", "destination"):
        place = "".join(text.split())
        # A place that the table lacks is called as it is printed.
        return bool(_PLACES.get(place, place) == value)
    if name in ("clause", "control_code"):
        return plain == _plain(value)
    # Values are without the spaces between Chinese characters and digits.
    return "".join(text.split()) == "".join(value.split())


def _plain(text: str) -> str:
    """Without spaces, full-width forms as ASCII, and Chinese numerals in Arabic digits."""
    joined = "".join(normalize("NFKC", text).split()).replace("○", "〇").replace("零", "〇")
    return _NUMERAL.sub(lambda match: _arabic(match[0]), joined)


def _arabic(numeral: str) -> str:
    if not set(numeral) & _UNITS.keys():
        return "".join(str(_DIGITS.index(digit)) for digit in numeral)
    total, digit = 0, 0
    for character in numeral:
        if character in _UNITS:
            total, digit = total + (digit or 1) * _UNITS[character], 0
        else:
            digit = _DIGITS.index(character)
    return str(total + digit)


def _says_day(plain: str, day: date) -> bool:
    if re.fullmatch(rf"(?i){day:%B}{day.day},?{day.year}", plain):
        return True
    if (day.year, day.month, day.day) in [tuple(map(int, one)) for one in _DAY.findall(plain)]:
        return True
    rest = _DAY.sub("", plain)
    for month, number in _DAY_OF_MONTH.findall(rest):
        if int(number) == day.day and int(month or day.month) == day.month:
            return True
    if re.search("[底末]", rest) and day.day == monthrange(day.year, day.month)[1]:
        return True
    return bool(_COUNTED.search(rest))


def _instants(text: str) -> list[datetime]:
    found = []
    for one in _INSTANT.findall(normalize("NFKC", text)):
        year, month, day, hour, minute, second = (int(part or 0) for part in one)
        found.append(datetime(year, month, day, hour, minute, second, tzinfo=_CHINA))
    return found


def _says_number(plain: str, value: str) -> bool:
    """Its serial stands there, and no other year than its own."""
    serial = re.search(r"(\d+)号$", value)
    year = re.search(r"(?:19|20)\d\d", value)
    printed = re.findall(r"\d+", plain)
    years = {one for one in printed if re.fullmatch(r"(?:19|20)\d\d", one)}
    return (
        serial is not None
        and int(serial[1]) in map(int, printed)
        and (year is None or not years or year[0] in years)
    )
