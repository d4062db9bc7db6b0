"""Acts of law: the English names an act if, and only if, its source does."""

import re
from typing import NamedTuple

from services.translator.checks.flag import Flag


class _Act(NamedTuple):
    """`named` in the source must be `english`; `english` must have one of the characters `may`.

    None where one of the two proves nothing: much has other words, too.
    """

    named: re.Pattern[str] | None
    english: re.Pattern[str]
    may: re.Pattern[str] | None


def _act(named: str, english: str, may: str) -> _Act:
    return _Act(
        re.compile(named) if named else None,
        re.compile(rf"\b(?:{english})", re.IGNORECASE),
        re.compile(may) if may else None,
    )


_ACTS = (
    _act(r"废止", r"repeal|abolish|annul|rescind|revok|invalid|cancel|no longer|ceas|abrogat|nullif|terminat", ""),
    _act("", r"repeal|abolish|annul|rescind|abrogat", r"[废撤消销除止失停]"),
    _act(r"暂停|中止", r"suspen|paus|halt|temporar|stop|moratori|interrupt", ""),
    _act("", r"suspen", r"[停暂中缓止]"),
    _act(r"罚款", r"fine|penalt|punish", ""),
    _act("", r"fined\b|penalt|punish", r"[罚惩处刑责]"),
    _act(r"延长|延期", r"exten|prolong|postpon|defer|renew|delay|longer", ""),
    _act(r"追究", r"pursu|liab|account|investigat|prosecut|punish|responsib", ""),
    _act(r"撤销|吊销", r"revok|cancel|withdr|annul|rescind|repeal|quash|remov|overturn|set aside|abolish", ""),
    _act(r"注销", r"cancel|deregist|revok|withdr|annul|nullif|void|strike|struck", ""),
    _act(r"终止", r"terminat|end|ceas|stop|discontinu|conclu|expir|halt|lift", ""),
    _act("", r"approved\b|approval", r"[批核审准]|同意|通过|许可|认可|赞成"),
    _act("", r"exempt", r"[免豁除]"),
    _act("", r"terminat", r"[终止停结解退末了]"),
    _act("", r"prohibit|forbid|banned\b", r"[禁不限止]"),
    _act("", r"resum(?:e|ed|es|ing|ption)\b", r"[恢复重续再]"),
)  # fmt: skip


def check_acts(source: str, text: str) -> list[Flag]:
    """Flags acts that are missing or invented: the source has no word of an invented act's kind."""
    flags = []
    for named, english, may in _ACTS:
        act = named.search(source) if named else None
        found = english.search(text)
        if act and not found:
            flags.append(Flag("act missing", act.group()))
        if found and may and not may.search(source):
            flags.append(Flag("act invented", found.group()))
    return flags
