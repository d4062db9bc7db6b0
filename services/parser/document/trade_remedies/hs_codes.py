"""税则号列: the customs codes under which the product of a case falls."""

import re

from services.parser.document.document import Document
from shared.chinese.form import Form, Forms
from shared.chinese.text import Passage

# Six, eight or ten digits: 3907.10, 39071010, 3907 1010.
_CODE = r"\d{4}(?:[.\s]?\d{2}){1,3}"
LABELS = Forms(
    Form(
        "codes",
        r"(?:税则\s?号\s?列?|税\s?号|商品\s?(?:编号|编码)|海关\s?(?:编号|编码)|《(?:中华人民共和国)?(?:海关)?进出口税则》"
        r"[^。；\n\d]{0,12}?|《[^》\n]{0,8}税则》)(?:（[^（）\n]{0,20}）)?\s?(?:为|是|列?入|：|中的|项下的?)*\s?"
        rf"(?P<codes>{_CODE}(?:\s?(?:、|，|；|,|;|和|及|以及|或)\s?{_CODE})*)(?!\d)",
        yes=(
            "该产品归在《中华人民共和国进出口税则》：39071010",
            "税则号：4002.3910、4002.3990",
            "税则号列28042900和28043000",
        ),
        no=("《中华人民共和国进出口税则》2025年",),
    )
)
_ONE = re.compile(_CODE)
_NO_DIGIT = re.compile(r"\D")
# Before codes that are left out, and behind them: 不包括税则号39079910项下的产品, 税则号39079910项下的产品除外.
_EXCEPT = re.compile("除|不(?:包括|在|属于|含)")
_EXCEPTED = re.compile(r"[^，。；\n]{0,20}除外")


def hs_codes_of(document: Document) -> list[tuple[str, Passage]]:
    """The codes that the main text names, digits only, in order, each where it stands first."""
    folded = document.body.folded
    found: dict[str, Passage] = {}
    for form in LABELS.finditer(folded, 0, document.main_end):
        if _EXCEPT.search(folded, max(0, form.start - 8), form.start) or _EXCEPTED.match(
            folded, form.end
        ):
            continue
        for one in _ONE.finditer(folded, *form.span("codes")):
            code = _NO_DIGIT.sub("", one.group())
            found.setdefault(code, Passage(document.body, *one.span()))
    return list(found.items())
