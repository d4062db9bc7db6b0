"""主送机关: the line of addressees."""

import re

from services.translator.glossary import Glossary
from services.translator.rules.bodies import body, the
from services.translator.rules.places import of_place
from services.translator.rules.words import listed
from shared.chinese.characters import squeeze

_JOINTS = re.compile(r"、|，|及|和|以及")


def addressee(text: str, glossary: Glossary) -> str | None:
    """English of one addressee line without its colon; None if a part of it is unknown.

    各省、自治区、直辖市及计划单列市、新疆生产建设兵团有关部门、机构 is "relevant departments and
    institutions of provinces, autonomous regions, …".
    """
    text = squeeze(text).rstrip("：:")
    groups = [_one(part, glossary) for part in re.split(r"[，；;]", text)]
    return "; ".join(group for group in groups if group) if all(groups) else None


def _one(text: str, glossary: Glossary) -> str | None:
    known = glossary.get(text, ("addressee",))
    if known:
        return known.en
    # 发展改革委 alone may be the national one, or those of the provinces named before.
    named = None if glossary.get(text, ("authority",)) else body(text, glossary)
    if named:
        return the(named)
    authorities: list[str] = []
    while (last := glossary.last(text, ("authority",))) is not None:
        authorities.insert(0, last.entry.en)
        text = text[: last.start].rstrip("、和及")
    owners = [_owner(part, glossary) for part in _JOINTS.split(text)]
    if not all(owners):
        return None if authorities else _beside(text, glossary)
    owned_by = listed([owner for owner in owners if owner])
    return f"{listed(authorities)} of {owned_by}" if authorities else owned_by


def _beside(text: str, glossary: Glossary) -> str | None:
    """各省人民政府、新疆生产建设兵团: what is behind the authorities is none of theirs."""
    before, _, last = text.rpartition("、")
    # Most other bodies there are their bureaus: 各省商务厅、统计局.
    beside = _owner(last, glossary) if last.endswith("兵团") else None
    others = _one(before, glossary) if beside else None
    return f"{others}; {beside}" if others else None


def _owner(text: str, glossary: Glossary) -> str | None:
    known = glossary.get(text, ("level", "term"))
    if known:
        return known.en
    named = body(text, glossary)
    return of_place(text, glossary) or (the(named) if named else None)
