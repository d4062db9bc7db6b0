"""Negations that an English sentence lost or added."""

import re

from services.translator.checks.flag import Flag

_NOT_ZH = re.compile(
    r"不得|不予|不能|不可(?!靠|持续|分|或缺|抗|避免|逆|磨灭)|不准|不许|不再|不应|不需|不含|不包括|不属于|不符合|不受|不适用|不符|未经|未按|未能|未在|尚未|无需|无须|无法|"
    r"禁止|严禁|拒绝|免予|免于|免征|没有|并非|不实|不构成|不存在|不承担|不收取|不改变|不影响|不会|不针对|不涉及|不受理|不接受"
)
# What forbids is not said by "illegal" or "unqualified" somewhere in the sentence.
_FORBIDS_ZH = re.compile(r"不得|不予|不准|不许|禁止|严禁")
_CONDITION_ZH = re.compile(r"未经|未按|未在|未能|不符合|未取得|未获")
_FORBIDS_EN = re.compile(
    r"\b(?:not|no|nor|never|neither|none|nothing|without|cannot|prohibit\w*|forbid\w*|ban|bans|banned|banning"
    r"|barred|refus\w+|reject\w*|den(?:y|ied|ies)|unless|refrain\w*|prevent\w*|exclud\w*)\b|n't\b",
    re.IGNORECASE,
)
_NOT_EN = re.compile(
    _FORBIDS_EN.pattern
    + r"|\b(?:unable|exempt\w*|fail\w*|free of charge|waive\w*|cancel\w*|abolish\w*|revok\w*|withdr\w+|longer|stop\w*|ceas\w+|discontinu\w+"
    r"|absence|lack\w*|beyond|ineligible|unauthori[sz]ed|unlicensed|illegal\w*|false|untrue|inapplicable|unfounded|except\w*)\b"
    r"|\b(?:non|un|in)-?\w*(?:complian|qualif|author|licens|conform|eligib|certif|affect|chang|approv|permit|consisten)\w*",
    re.IGNORECASE,
)
_VERB_NOT_EN = re.compile(
    r"\b(?:shall|must|may|will|should|can|do|does|did|is|are|was|were|be|has|have)(?: \w+)? not\b|\bcannot\b|n't\b|\bnever\b"
    r"|^no\b(?!\.)|^nor\b",
    re.IGNORECASE,
)
# Whatever may stand behind an English "not": 仅 is "not … except", 以下 "not more than".
_ANY_NOT_ZH = re.compile(
    r"[不无未非没禁免拒否勿莫停仅只缺罕弃除]|以下|以上|至多|至少|截止|终止|防止|超过|逾期|有限|难以|最高|最多|最低|以内"
)
# One word that says both: only with a license, not unless.
_ONLY = re.compile(
    r"\bonly\b|\bunless\b|\bprior\b|\brequire|\bsubject to\b|\bbefore\b", re.IGNORECASE
)


def check_negation(source: str, text: str) -> list[Flag]:
    """One flag a kind: a prohibition and a condition (未经许可，不得) need a word each."""
    negations = len(_NOT_EN.findall(text))
    forbidden, condition = _FORBIDS_ZH.search(source), _CONDITION_ZH.search(source)
    negated = _NOT_ZH.search(source)
    if forbidden and not _FORBIDS_EN.search(text):
        return [Flag("negation missing", forbidden.group())]
    if negated and not negations:
        return [Flag("negation missing", negated.group())]
    if forbidden and condition and negations < 2 and not _ONLY.search(text):
        return [Flag("negation missing", f"{condition.group()}, {forbidden.group()}")]
    added = _VERB_NOT_EN.search(text)
    if added and not _ANY_NOT_ZH.search(source):
        return [Flag("negation added", added.group())]
    return []
