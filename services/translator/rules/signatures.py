"""Who stands at the head and at the foot of a document: bodies, officials, a seal's owner."""

import re

from pypinyin import lazy_pinyin

from services.translator.glossary import Glossary
from services.translator.rules.bodies import bodies, joined

_HEADING = re.compile(r"(?P<body>[一-龥]{2,30}?)(?P<kind>令|公告|通告)")
_KINDS = {"令": "Order", "公告": "Announcement", "通告": "Circular"}
_OFFICES = {
    "部长": "Minister",
    "主任": "Chairman",
    "署长": "Minister",
    "局长": "Commissioner",
    "行长": "Governor",
    "会长": "Chairman",
    "总理": "Premier",
    "国家主席": "President",
    "中华人民共和国主席": "President of the People's Republic of China",
}
_OFFICIAL = re.compile(
    rf"(?P<body>[一-龥]{{3,20}}?)?(?P<office>{'|'.join(_OFFICES)})[：:]?(?P<name>[一-龥]{{2,4}})"
)
_SEAL = re.compile(r"（(?P<body>[一-龥]{2,20})代章）")


def signatories(text: str, glossary: Glossary) -> str | None:
    """A line of bodies and nothing else: Ministry of Commerce; General Administration of Customs."""
    names = bodies(text, glossary) if len(text) <= 200 else None
    return "; ".join(names) if names else None


def heading(text: str, glossary: Glossary) -> str | None:
    """A masthead without spaces, 中华人民共和国商务部令: Order of the Ministry of Commerce."""
    match = _HEADING.fullmatch(text)
    names = bodies(match["body"], glossary) if match else None
    return f"{_KINDS[match['kind']]} of {joined(names)}" if match and names else None


def official(text: str, glossary: Glossary) -> str | None:
    """部长：钟山 without spaces: Minister: Zhong Shan."""
    match = _OFFICIAL.fullmatch(text)
    if not match:
        return None
    before = ""
    if match["body"]:
        names = bodies(match["body"], glossary)
        if not names:
            return None
        before = f"{'; '.join(names)}; "
    known = glossary.get(match["name"], ("person",))
    return f"{before}{_OFFICES[match['office']]}: {known.en if known else _spelled(match['name'])}"


def seal(text: str, glossary: Glossary) -> str | None:
    """（商务部代章）: sealed on its behalf by the Ministry of Commerce."""
    match = _SEAL.fullmatch(text)
    names = bodies(match["body"], glossary) if match else None
    return f"(sealed on its behalf by {joined(names)})" if names else None


def _spelled(name: str) -> str:
    family, *given = lazy_pinyin(name)
    return f"{family.capitalize()} {''.join(given).capitalize()}"
