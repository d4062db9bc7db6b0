"""Negations that an English sentence lost or added."""

from services.translator.checks.flag import Flag
from shared.chinese.form import Form, Forms

_NEGATED = Forms(
    Form(
        "not",
        r"不得|不予|不能|不可(?!靠|持续|分|或缺|抗|避免|逆|磨灭)|不准|不许|不再|不应|不需|不含|不包括|不属于|不符合|不受|不适用"
        r"|不符|不实|不构成|不存在|不承担|不收取|不改变|不影响|不会|不针对|不涉及|不受理|不接受",
        yes=("不得出口", "不可转让", "不再适用"),
        no=("不可靠实体清单", "不可抗力", "不断完善"),
    ),
    Form(
        "not yet or not done",
        r"未经|未按|未能|未在|尚未|没有|并非|无需|无须|无法",
        yes=("未经许可", "尚未生效", "无需申请"),
        no=("未来三年",),
    ),
    Form(
        "forbidden or spared",
        r"禁止|严禁|拒绝|免予|免于|免征",
        yes=("禁止出口", "免征关税"),
        no=("避免",),
    ),
)
# What forbids is not said by "illegal" or "unqualified" somewhere in the sentence.
_FORBIDDEN = Forms(
    Form("forbids", r"不得|不予|不准|不许|禁止|严禁", yes=("不得出口", "严禁转让"), no=("不需要",))
)
_CONDITION = Forms(
    Form(
        "condition",
        r"未经|未按|未在|未能|不符合|未取得|未获",
        yes=("未经许可", "未取得许可证"),
        no=("尚未",),
    )
)
_FORBIDS_EN = Form(
    "forbids",
    r"(?i:\b(?:not|no|nor|never|neither|none|nothing|without|cannot|prohibit\w*|forbid\w*|ban|bans|banned|banning"
    r"|barred|refus\w+|reject\w*|den(?:y|ied|ies)|unless|refrain\w*|prevent\w*|exclud\w*)\b|n't\b)",
    yes=("shall not", "is prohibited", "Without a license"),
    no=("notice", "another", "illegal"),
)
_FORBIDDEN_EN = Forms(_FORBIDS_EN)
_NEGATED_EN = Forms(
    _FORBIDS_EN,
    Form(
        "negative verb",
        r"(?i:\b(?:unable|exempt\w*|fail\w*|free of charge|waive\w*|cancel\w*|abolish\w*|revok\w*|withdr\w+|longer|stop\w*|ceas\w+|discontinu\w+"
        r"|absence|lack\w*|beyond|ineligible|unauthori[sz]ed|unlicensed|illegal\w*|false|untrue|inapplicable|unfounded|except\w*)\b)",
        yes=("is exempted", "is cancelled"),
        no=("long",),
    ),
    Form(
        "negative prefix",
        r"(?i:\b(?:non|un|in)-?\w*(?:complian|qualif|author|licens|conform|eligib|certif|affect|chang|approv|permit|consisten)\w*)",
        yes=("non-compliant", "unaffected"),
        no=("license",),
    ),
)  # fmt: skip
_VERB_NEGATED_EN = Forms(
    Form(
        "verb",
        r"(?i:\b(?:shall|must|may|will|should|can|do|does|did|is|are|was|were|be|has|have)(?: \w+)? not\b|\bcannot\b|n't\b|\bnever\b)",
        yes=("shall not", "is hereby not", "cannot"),
        no=("whether or not",),
    ),
    Form("beginning", r"(?i:^no\b(?!\.)|^nor\b)", yes=("No one",), no=("No. 1",)),
)
# Whatever may stand behind an English "not": 仅 is "not … except", 以下 "not more than".
_ANY_NEGATIVE = Forms(
    Form("character", r"[不无未非没禁免拒否勿莫停仅只缺罕弃除]", yes=("仅限",), no=("企业",)),
    Form(
        "word",
        r"以下|以上|至多|至少|截止|终止|防止|超过|逾期|有限|难以|最高|最多|最低|以内",
        yes=("3人以下", "逾期"),
        no=("以前",),
    ),
)
# One word that says both: only with a license, not unless.
_ONLY_EN = Forms(
    Form(
        "only",
        r"(?i:\bonly\b|\bunless\b|\bprior\b|\brequire|\bsubject to\b|\bbefore\b)",
        yes=("only with a license", "Unless"),
        no=("priority",),
    )
)


def check_negation(source: str, text: str) -> list[Flag]:
    """One flag a kind: a prohibition and a condition (未经许可，不得) need a word each."""
    negations = len(list(_NEGATED_EN.finditer(text)))
    forbidden, condition = _FORBIDDEN.search(source), _CONDITION.search(source)
    negated = _NEGATED.search(source)
    if forbidden and not _FORBIDDEN_EN.search(text):
        return [Flag("negation missing", forbidden.text)]
    if negated and not negations:
        return [Flag("negation missing", negated.text)]
    if forbidden and condition and negations < 2 and not _ONLY_EN.search(text):
        return [Flag("negation missing", f"{condition.text}, {forbidden.text}")]
    added = _VERB_NEGATED_EN.search(text)
    if added and not _ANY_NEGATIVE.search(source):
        return [Flag("negation added", added.text)]
    return []
