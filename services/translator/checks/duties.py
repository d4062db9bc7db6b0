"""Shall and may, before and after: obligations and permissions, and the direction of deadlines."""

from services.translator.checks.flag import Flag
from services.translator.checks.words import Invented, Rows
from shared.chinese.form import Form, Forms
from shared.english_dates import NAMES

_MUST = Forms(
    Form("must", r"应当|必须|务必|须(?!知)", yes=("应当申请", "须经批准"), no=("办事须知",)),
    Form(
        "should",
        r"(?<![适对响相反供因理])应(?!用|急|对|收|税|付|届|邀|变|有关|商|链)",
        yes=("经营者应提交",),
        no=("应用", "应急", "供应链", "响应"),
    ),
)
_MUST_EN = Forms(
    Form(
        "binding",
        r"(?i:\b(?:shall|must|should|ought|requir\w*|need\w*|have to|has to|had to|oblig\w*|necessary|mandatory|compulsory|duty"
        r"|(?:is|are) to|be sure|ensure|will|please|due|payable|until|before|deadline|not|no|only|without|unless|prohibited)\b)",
        yes=("Operators shall apply", "is required", "only with a license"),
        no=("may apply",),
    )
)
_MAY_EN = Forms(
    Form("may", r"(?<!^)\bmay\b(?! not| have| be the| \d)", yes=("If so, they may apply",), no=("it may not", "on may 2")),
    Form("beginning", r"^(?:\w+ ){1,12}may\b(?! not| \d)", yes=("Operators may apply",), no=("May 2",)),
)  # fmt: skip
_MAY_ONLY = Forms(
    Form(
        "may",
        r"可以|(?<!许)可(?=[^能行持靠再信见控复比观])|有权|允许",
        yes=("可以申请", "可向商务部申请", "有权"),
        no=("可能", "许可证"),
    )
)
_BINDS = Forms(
    Form(
        "binding",
        r"[应须必需要当请负令按依务凭得责由不禁]|确保|切实|严格",
        yes=("应", "确保"),
        no=("可以",),
    )
)
_SHALL_EN = Forms(
    Form(
        "shall",
        r"(?i:\b(?:shall|must)\b(?! be deemed))",
        yes=("shall apply",),
        no=("shall be deemed",),
    )
)
_MAY_WORDS_EN = Forms(
    Form(
        "may",
        r"(?i:\b(?:may|can|could|might|able|allow\w*|permit\w*|possible|free to|option\w*|entitled|right|eligible|available|choose|qualify|authori[sz]\w*)\b)",
        yes=("can apply", "is entitled to"),
        no=("shall apply",),
    )
)  # fmt: skip
_BEFORE = Forms(
    Form("day", r"\d\s?[日月年]\s?(?:底|末)?(?:以|之)?前", yes=("12月8日前", "2025年底前"), no=("此前",)),
    Form("event", r"(?<![\d此])(?:日|届满|实施|施行|截止|到期)(?:以|之)?前", yes=("到期前", "施行之前"), no=("目前",)),
)  # fmt: skip
_BEFORE_EN = Forms(
    Form(
        "before",
        r"(?i:\b(?:before|prior|until|till|no later|not later|ahead|preced\w+|earlier|deadline|latest|within|previous\w*|ago|end on|close[sd]? on|advance)\b)",
        yes=("no later than May 2", "within three days"),
        no=("after May 2",),
    ),
    Form(
        "by",
        rf"(?i:\bby (?:the end|the close|\d|{'|'.join(NAMES)}|then))",
        yes=("by May 2", "by the end of 2025"),
        no=("by the ministry",),
    ),
)  # fmt: skip
_AFTER_EN = Forms(
    Form("after", r"(?i:\bafter\b(?! all| care|-))", yes=("After receipt",), no=("after-sales",))
)
# An opposite that is said in many ways: what its words are written with.
_INVENTED = Rows(
    Invented(
        "opposite",
        r"前|先|未|早|预|临|截|事先|尚|至|止|原|曾|向|到|起",
        r"\bbefore\b",
        right={"到期前": "before expiry"},
        wrong={"届满后": "before expiry"},
    ),
)
_ANY_AFTER = Forms(
    Form(
        "after",
        r"[后以自起完束满继从经获得]|过期|逾期|超过|到期|为期|之余",
        yes=("届满后", "逾期"),
        no=("前",),
    )
)
_ANY_MAY = Forms(
    Form(
        "may",
        r"[可能允许准或酌宜任获容择试由得享限]|有权|自愿|自主|视情|享受|给予|支持|鼓励|也|若|如",
        yes=("可", "鼓励"),
        no=("应",),
    )
)


def check_duties(source: str, text: str) -> list[Flag]:
    """Flags an obligation that became a permission or vice versa, and a reversed deadline."""
    flags = []
    must = _MUST.search(source)
    may = _MAY_EN.search(text)
    if must and may and not _MUST_EN.search(text):
        flags.append(Flag("obligation missing", must.text))
    elif may and not _ANY_MAY.search(source):
        flags.append(Flag("permission invented", "may"))
    shall = _SHALL_EN.search(text)
    allowed = _MAY_ONLY.search(source)
    if shall and allowed and not _MAY_WORDS_EN.search(text) and not _BINDS.search(source):
        flags.append(Flag("permission missing", allowed.text))
    before, after = _BEFORE.search(source), _AFTER_EN.search(text)
    if after and before and not _BEFORE_EN.search(text):
        flags.append(Flag("opposite", f"{before.text}: {after.text}"))
    elif after and not _ANY_AFTER.search(source):
        flags.append(Flag("opposite", after.text))
    return flags + _INVENTED.flags(source, text)
