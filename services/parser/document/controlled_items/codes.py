"""Control codes as they are printed: 1C902.a, 1E101.b.2.

The control code is the one of 中华人民共和国两用物项出口管制清单 (商务部公告2024年第51号): category, group, three digits,
then letters and digits by points (1C902.a, 3C901.a.2); technologies of 中国禁止出口限制出口技术目录 have six digits
and J (forbidden) or X (restricted).
"""

from services.parser.document.customs_codes import JOINED
from shared.chinese.characters import squeeze
from shared.chinese.form import Form, Forms
from shared.chinese.text import Span

CODE = r"(?:[0-9][A-E]\d{3}(?:\s?[.]\s?[a-z0-9]{1,2}(?![a-z0-9]))*|\d{6}[JX])"
# The control codes that an item begins with, and those in a bracket behind it.
CONTROL_CODES = Forms(
    Form(
        "before",
        rf"(?P<codes>{CODE}(?:{JOINED}{CODE})*)\s?[.、：]?\s?(?![A-Za-z0-9])",
        yes=("1C117.d.钨相关材料", "1E001、1E101.b.生产"),
        no=("12C", "1C11"),
    ),
    anchored=True,
)
LABELLED_CONTROL_CODES = Forms(
    Form(
        "behind",
        r"(?P<label>(?:管制|物项|清单|技术|目录)\s?(?:编码|编号|代码|码)|编号)(?:为|是)?\s?[：:]?\s?"
        rf"(?P<codes>{CODE}(?:{JOINED}{CODE})*)",
        yes=("管制编码：1E902.a", "出口管制编码为2B903", "编号：083201J"),
        no=("海关商品编码：8479899910",),
    )
)
_CODES = Forms(Form("code", CODE, yes=("1E001、1E101.b", "083201J"), no=("1E01",)))

# A text without one of these prints no code, whatever its lines look like.
MAY_HOLD_CODES = Forms(
    Form("label", r"编\s?[号码]|税[则号目]|品目|H\.?S", yes=("海关编码", "税则号列", "品目85")),
    Form("control code", CODE, yes=("1C902.a", "083201J"), no=("1C9",)),
)


def control_codes(folded: str, start: int, end: int) -> tuple[Span, ...]:
    """Each of the control codes of a list of them."""
    return tuple(Span(code.start, code.end) for code in _CODES.finditer(folded, start, end))


def is_control_code(text: str) -> bool:
    """Whether a text is one control code and nothing else."""
    code = _CODES.match(text)
    return code is not None and code.end == len(text)


def clean_code(text: str) -> str:
    """A control code without the spaces that an editor left in it."""
    return squeeze(text).rstrip(".")
