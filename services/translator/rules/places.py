"""Places of a list: 浙江省（含宁波市） is Zhejiang (including Ningbo)."""

import re

from services.translator.glossary import Glossary
from services.translator.rules.words import listed
from shared.chinese.characters import HAN

_SPACES = re.compile(r"\s+")
_AND = re.compile(r"(?<!共)和|[及与]")
_WITH = re.compile(rf"(?P<place>[{HAN}]+)（(?P<how>不?含|包括)(?P<inner>[{HAN}、]+)）")
# Names that running text gives an article: the United States, the Dominican Republic.
_ARTICLE = re.compile(
    r"United|European Union|African Union|Netherlands|Philippines|Maldives|Bahamas|Gambia|Comoros"
    r"|(?!China's).*(?:Republic|Islands|Area|Delta|Free Trade Port| region)"
)
_HOW = {"含": "including", "包括": "including", "不含": "excluding"}


def places(text: str, glossary: Glossary) -> list[str] | None:
    """English of a run of places parted by 、 or spaces and nothing else; None otherwise."""
    parts = [part for part in re.split(r"[、，\s]+", text.strip()) if part]
    named = [_place(part, glossary) for part in parts]
    return [name for name in named if name] if parts and all(named) else None


def of_place(text: str, glossary: Glossary) -> str | None:
    """Several places in running text: the United States, the European Union and Japan."""
    names = places(_AND.sub("、", text), glossary)
    if not names:
        return None
    return listed([f"the {name}" if _ARTICLE.match(name) else name for name in names])


def _place(text: str, glossary: Glossary) -> str | None:
    text = _SPACES.sub("", text)
    known = glossary.get(text, ("geo", "country"))
    if known:
        return known.en
    # 多哥共和国, whose short name is a row.
    state = (
        glossary.get(text.removesuffix("共和国"), ("country",)) if text.endswith("共和国") else None
    )
    if state:
        return state.en
    match = _WITH.fullmatch(text)
    if not match:
        return None
    place = _place(match["place"], glossary)
    inner = [_place(part, glossary) for part in match["inner"].split("、")]
    if place is None or not all(inner):
        return None
    return f"{place} ({_HOW[match['how']]} {listed([name for name in inner if name])})"
