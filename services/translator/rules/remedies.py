"""Trade remedies in titles: rulings, reviews, duties and measures on imports from somewhere."""

import re

from services.translator.glossary import Glossary
from services.translator.rules.frame import Frame
from services.translator.rules.places import of_place

_MEASURES = {
    "反倾销": "anti-dumping",
    "反补贴": "countervailing",
    "反倾销和反补贴": "anti-dumping and countervailing",
    "反倾销、反补贴": "anti-dumping and countervailing",
    "反倾销反补贴": "anti-dumping and countervailing",
}
_REMEDY = re.compile(
    r"(?P<verb>终止|延长)?对?(?:原产于|产自)(?P<places>[一-龥、]+?)的?进口(?P<product>.+?)"
    r"(?P<act>征收(?:临时)?|继续征收|实施(?:临时)?|所适用的?|进行|发起|的)?"
    rf"(?P<measure>{'|'.join(sorted(_MEASURES, key=len, reverse=True))})(?P<what>[立案调查的初步最终裁定措施期复审中限即将到税]+)"
)
# By verb and by what stands behind 反倾销; {} is the measure.
_REMEDIES = {
    ("", "立案调查"): "initiating an {} investigation into imports of",
    ("", "调查"): "the {} investigation into imports of",
    ("", "调查初步裁定"): "the preliminary ruling in the {} investigation into imports of",
    ("", "调查最终裁定"): "the final ruling in the {} investigation into imports of",
    ("", "措施"): "the {} measures on imports of",
    ("", "措施即将到期"): "the forthcoming expiry of the {} measures on imports of",
    ("", "期终复审裁定"): "the ruling in the expiry review of the {} measures on imports of",
    ("", "期终复审立案调查"): "initiating an expiry review of the {} measures on imports of",
    ("", "期终复审调查"): "an expiry review of the {} measures on imports of",
    ("", "期终复审"): "the expiry review of the {} measures on imports of",
    ("", "期中复审裁定"): "the ruling in the interim review of the {} measures on imports of",
    ("", "期中复审立案调查"): "initiating an interim review of the {} measures on imports of",
    ("", "期中复审"): "the interim review of the {} measures on imports of",
    ("征收", "税"): "levying {} duties on imports of",
    ("征收临时", "税"): "levying provisional {} duties on imports of",
    ("继续征收", "税"): "continuing to levy {} duties on imports of",
    ("实施", "措施"): "applying {} measures to imports of",
    ("实施临时", "措施"): "applying provisional {} measures to imports of",
    ("终止", "措施"): "terminating the {} measures on imports of",
    ("终止", "调查"): "terminating the {} investigation into imports of",
    ("延长", "调查期限"): "extending the period of the {} investigation into imports of",
}


def remedy(text: str, glossary: Glossary) -> Frame | None:
    """原产于美国的进口丁基橡胶反倾销调查最终裁定: the final ruling in the … into imports of 丁基橡胶."""
    match = _REMEDY.fullmatch(text)
    if not match:
        return None
    places = of_place(match["places"], glossary)
    what = match["what"].replace("的", "").replace("措施期", "期")
    act = match["act"] if match["act"] and match["act"][0] in "征继实" else ""
    form = _REMEDIES.get((match["verb"] or act, what))
    if not places or not form:
        return None
    before = form.format(_MEASURES[match["measure"]])
    return Frame(_with_article(before), match["product"], f" originating in {places}")


def _with_article(text: str) -> str:
    return re.sub(r"\ban (?=count)", "a ", text)
