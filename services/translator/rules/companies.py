"""Companies of a list: those with a printed foreign name, and all others of a country."""

import re

from services.translator.glossary import Glossary
from services.translator.rules.places import of_place
from shared.chinese.characters import HAN
from shared.chinese.numerals import HUNDREDS

_RATE = r"\d{1,3}(?:\.\d{1,3})?[%％]"
# A foreign name behind its Chinese form is the name itself; a duty may stand on either side of it.
_NAMED = re.compile(
    rf"(?![零{HUNDREDS}]{{1,5}}、)(?=[^（(]*[{HAN}])[{HAN}A-Za-z0-9·、（）()\-— ]{{2,60}}?\s*(?P<rate>{_RATE})?"
    rf"\s*[（(](?P<name>[A-Z][A-Za-z0-9 .,&'’/+\-]{{2,100}})[）)]\s*(?P<behind>{_RATE})?"
)
_OTHERS = re.compile(r"\s*[（(](?P<name>All [Oo]thers?)[）)]$")
_OF_COUNTRY = re.compile(
    rf"(?P<other>其他|其它)?(?P<place>[{HAN}]{{2,8}}?)?(?P<behind>其他|其它)?公司\s*(?P<rate>{_RATE})?(?P<colon>[：:])?"
)


def company(text: str, glossary: Glossary) -> str | None:
    """埃克森美孚公司 75.5%（Exxon Mobil Corporation）: Exxon Mobil Corporation 75.5%.

    美国公司： is "Companies of the United States:", 其他美国公司 "Other companies of the United States".
    """
    named = _NAMED.fullmatch(text)
    rest = _OTHERS.search(text)
    if rest:
        # 其他欧盟公司 71.9%（All Others）: whose others these are stands in the Chinese alone.
        others = company(text[: rest.start()].strip(), glossary)
        return f"{others} ({rest['name']})" if others else None
    if named:
        return _rated(named["name"], named["rate"] or named["behind"])
    match = _OF_COUNTRY.fullmatch(text)
    if not match or not match["place"]:
        return None
    if match["place"] == "所有":
        who = "All companies"
    else:
        place = of_place(match["place"], glossary)
        if not place:
            return None
        who = (
            f"{'Other companies' if match['other'] or match['behind'] else 'Companies'} of {place}"
        )
    return _rated(who, match["rate"]) + (":" if match["colon"] else "")


def _rated(name: str, rate: str | None) -> str:
    return f"{name} {rate.replace('％', '%')}" if rate else name
