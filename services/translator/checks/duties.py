"""Shall and may, before and after: obligations and permissions, and the direction of deadlines."""

import re

from services.translator.checks.flag import Flag
from shared.english_months import NAMES

_MUST_ZH = re.compile(
    r"应当|必须|务必|(?<![适对响相反供因理])应(?!用|急|对|收|税|付|届|邀|变|有关|商|链)|须(?!知)"
)
_MUST_EN = re.compile(
    r"\b(?:shall|must|should|ought|requir\w*|need\w*|have to|has to|had to|oblig\w*|necessary|mandatory|compulsory|duty"
    r"|(?:is|are) to|be sure|ensure|will|please|due|payable|until|before|deadline|not|no|only|without|unless|prohibited)\b",
    re.IGNORECASE,
)
_MAY_ZH = re.compile(
    r"[可能允许准或酌宜任获容择试由得享限]|有权|自愿|自主|视情|享受|给予|支持|鼓励|也|若|如"
)
_MAY_EN = re.compile(r"(?<!^)\bmay\b(?! not| have| be the| \d)|^(?:\w+ ){1,12}may\b(?! not| \d)")
_MAY_ONLY_ZH = re.compile(r"可以|(?<!许)可(?=[^能行持靠再信见控复比观])|有权|允许")
_BINDS_ZH = re.compile(r"[应须必需要当请负令按依务凭得责由]|不|禁|确保|切实|严格")
_SHALL_EN = re.compile(r"\b(?:shall|must)\b(?! be deemed)", re.IGNORECASE)
_MAY_WORDS_EN = re.compile(
    r"\b(?:may|can|could|might|able|allow\w*|permit\w*|possible|free to|option\w*|entitled|right|eligible|available|choose|qualify|authori[sz]\w*)\b",
    re.IGNORECASE,
)
_BEFORE_ZH = re.compile(
    r"\d\s?[日月年]\s?(?:底|末)?(?:以|之)?前|(?<![\d此])(?:日|届满|实施|施行|截止|到期)(?:以|之)?前"
)
_BEFORE_EN = re.compile(
    r"\b(?:before|prior|until|till|no later|not later|ahead|preced\w+|earlier|deadline|latest|within|previous\w*|ago|end on|close[sd]? on|advance)\b"
    rf"|\bby (?:the end|the close|\d|{'|'.join(NAMES)}|then)",
    re.IGNORECASE,
)
_AFTER_ZH = re.compile(r"[后以自起完束满继从经获得]|过期|逾期|超过|到期|为期|之余")
_ANY_BEFORE_ZH = re.compile(r"前|先|未|早|预|临|截|事先|尚|至|止|原|曾|向|到|起")
_AFTER_EN = re.compile(r"\bafter\b(?! all| care|-)", re.IGNORECASE)
_BEFORE_WORD_EN = re.compile(r"\bbefore\b", re.IGNORECASE)


def check_duties(source: str, text: str) -> list[Flag]:
    """Flags an obligation that became a permission or vice versa, and a reversed deadline."""
    flags = []
    must = _MUST_ZH.search(source)
    may = _MAY_EN.search(text)
    if must and may and not _MUST_EN.search(text):
        flags.append(Flag("obligation missing", must.group()))
    elif may and not _MAY_ZH.search(source):
        flags.append(Flag("permission invented", "may"))
    shall = _SHALL_EN.search(text)
    allowed = _MAY_ONLY_ZH.search(source)
    if shall and allowed and not _MAY_WORDS_EN.search(text) and not _BINDS_ZH.search(source):
        flags.append(Flag("permission missing", allowed.group()))
    before, after = _BEFORE_ZH.search(source), _AFTER_EN.search(text)
    if after and before and not _BEFORE_EN.search(text):
        flags.append(Flag("opposite", f"{before.group()}: {after.group()}"))
    elif after and not _AFTER_ZH.search(source):
        flags.append(Flag("opposite", after.group()))
    earlier = _BEFORE_WORD_EN.search(text)
    if earlier and not _ANY_BEFORE_ZH.search(source):
        flags.append(Flag("opposite", earlier.group()))
    return flags
