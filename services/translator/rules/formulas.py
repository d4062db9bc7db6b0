"""Standing sentences of official documents, rendered whole: taking effect, repeal, as follows."""

import re

from services.translator.glossary import Glossary
from services.translator.rules.dates import date_line
from services.translator.rules.numbers import document_number

_SUBJECTS = {
    "公告": "Announcement",
    "通知": "Notice",
    "决定": "Decision",
    "办法": "Measures",
    "规定": "Provisions",
    "条例": "Regulations",
    "细则": "Detailed Rules",
    "令": "Order",
    "通告": "Circular",
}
_PLURAL = ("办法", "规定", "条例", "细则")
_EFFECT = re.compile(
    rf"本(?P<subject>{'|'.join(_SUBJECTS)})自(?P<from>公布之日|发布之日|印发之日|.{{6,14}}?日)起"
    r"(?:正式)?(?:实施|施行|执行|生效)"
)
_FOLLOWS = re.compile(r"现?[就将]?(?:有关|相关)(?:事项|工作|内容)(?P<how>公告|通知|通告|解读)如下")
_HOW = {"公告": "announced", "通知": "notified", "通告": "announced", "解读": "explained"}
_REPEALED = re.compile(r"(?P<number>[^，。；]{6,60}号)(?:同时|即行)?(?P<what>废止|停止执行)")
_PROMULGATED = re.compile(
    r"（(?P<day>.{6,12}?日)(?P<number>.{4,40}号)(?:公布|发布)[，,]?自(?P<since>.{6,12}?日)起(?:施行|实施|生效)）"
)


def formula(text: str, glossary: Glossary) -> str | None:
    """English of a standing sentence without spaces, its end with it; None when it is none."""
    end = {"：": ":", "。": ".", "；": ";"}.get(text[-1:], "")
    text = text.rstrip("。：；")
    for rule in (_effect, _follows):
        english = rule(text)
        if english:
            return english + end
    promulgated = _promulgated(text, glossary)
    if promulgated:
        return promulgated
    repealed = _repealed(text, glossary)
    return repealed + end if repealed else None


def _effect(text: str) -> str | None:
    match = _EFFECT.fullmatch(text)
    if not match:
        return None
    subject = match["subject"]
    this = "These" if subject in _PLURAL else "This"
    since = date_line(match["from"])
    if since:
        return f"{this} {_SUBJECTS[subject]} shall take effect on {since}"
    if match["from"].endswith("之日"):
        day = "issuance" if match["from"].startswith("印发") else "publication"
        return f"{this} {_SUBJECTS[subject]} shall take effect from the date of {day}"
    return None


def _follows(text: str) -> str | None:
    match = _FOLLOWS.fullmatch(text)
    return f"The relevant matters are hereby {_HOW[match['how']]} as follows" if match else None


def _promulgated(text: str, glossary: Glossary) -> str | None:
    """The line below a title that tells by which order it was promulgated."""
    match = _PROMULGATED.fullmatch(text)
    if not match:
        return None
    day, since = date_line(match["day"]), date_line(match["since"])
    number = document_number(match["number"], glossary)
    if not day or not since or not number:
        return None
    return f"(Promulgated by {number} on {day}, effective as of {since})"


def _repealed(text: str, glossary: Glossary) -> str | None:
    match = _REPEALED.fullmatch(text)
    number = document_number(match["number"], glossary) if match else None
    if not match or not number:
        return None
    done = "is repealed" if match["what"] == "废止" else "ceases to be implemented"
    return f"{number} {done}" + (" at the same time" if "同时" in text else "")
