"""发文机关: bodies and their offices, by the name valid on the notice's date."""

import re
from collections.abc import Sequence

from services.translator.glossary import Glossary
from services.translator.rules.words import listed
from shared.chinese import numerals
from shared.chinese.characters import HAN

_SPACES = re.compile(r"\s+")
_SEPARATORS = "、，,和及·"
# Companies and the like, written without an article.
_NO_ARTICLE = re.compile(
    r"^(?:China (?!National\b)[A-Z].*(?:Corporation|Group|Bank|Ltd\.?)$|Sinosure)"
)
_JOINT = re.compile(
    rf"(?P<body>[{HAN}、 \u3000]{{2,80}}?)等\s?(?P<count>\d{{1,3}}|[两{numerals.TENS}]{{1,3}})\s?个?"
    r"(?P<what>部门和单位|部门|部委|单位|机构)(?P<office>办公厅（室）|办公厅|办公室)?"
)

_OTHERS = re.compile(rf"(?P<body>[{HAN}、 \u3000]{{2,80}}?)等(?:(?:有关)?部门)?")


def body(text: str, glossary: Glossary) -> str | None:
    """English of one body, with its office or department; None if it is unknown.

    银保监会办公厅 in 2022 is General Office of the China Banking and Insurance Regulatory
    Commission.
    """
    text = _SPACES.sub("", text)
    # Most lines are prose: how it begins shows that it is no name.
    if text[:2] not in glossary.entries.beginnings:
        return None
    whole = glossary.get(text, ("body",))
    if whole:
        return whole.en
    for end in range(len(text) - 1, 1, -1):
        owner = glossary.get(text[:end], ("body",))
        if owner:
            unit = glossary.get(text[end:], ("unit",))
            return f"{unit.en} of {the(owner.en)}" if unit else None
    unit = glossary.get(text, ("unit",))
    return unit.en if unit else _local(text, glossary)


def _local(text: str, glossary: Glossary) -> str | None:
    """湖南省商务厅: Department of Commerce of Hunan."""
    for end in range(len(text) - 2, 1, -1):
        place = glossary.get(text[:end], ("geo",))
        office = glossary.get(text[end:], ("local",)) if place else None
        if place and office:
            return f"{office.en} of {place.en}"
    return None


def bodies(text: str, glossary: Glossary) -> list[str] | None:
    """English of a run of bodies and nothing else, parted by space, 、 or nothing; else None.

    Characters of one name may be spaced (商 务 部).
    """
    parts = [part for part in re.split(rf"[\s{_SEPARATORS}]+", text.strip()) if part]
    named = [body(part, glossary) for part in parts]
    if parts and all(named):
        return [name for name in named if name]
    return _run(_SPACES.sub("", text), glossary)


def _run(text: str, glossary: Glossary) -> list[str] | None:
    """Bodies printed without separators, the longest first."""
    names: list[str] = []
    at = 0
    while at < len(text):
        if names and text[at] in _SEPARATORS:
            at += 1
            continue
        begins = text[at : at + 2] in glossary.entries.beginnings
        for end in range(min(len(text), at + 40), at + 1, -1) if begins else ():
            name = body(text[at:end], glossary)
            if name:
                names.append(name)
                at = end
                break
        else:
            return None
    return names or None


def _joint_issuers_of(match: re.Match[str], glossary: Glossary) -> str | None:
    """English of a match of `JOINT`: 14 departments including the Ministry of Commerce.

    The count includes the body that is named: never "and other 14 departments".
    """
    named = bodies(match["body"], glossary)
    if named is None:
        return None
    what = {"单位": "units", "机构": "institutions", "部委": "ministries and commissions"}.get(
        match["what"], "departments and units" if "单位" in match["what"] else "departments"
    )
    count = match["count"]
    number = numerals.number(count)
    group = f"{number} {what} including {joined(named)}"
    return f"General Offices of {group}" if match["office"] else group


def joint_issuers_in(text: str, glossary: Glossary) -> list[tuple[int, int, str]]:
    """商务部等14部门 and similar in running text: start, end, English."""
    found = []
    for match in _JOINT.finditer(text):
        for at in range(match.start("body"), match.end("body") - 1):
            inner = _JOINT.match(text, at)
            english = (
                _joint_issuers_of(inner, glossary) if inner and inner.end() == match.end() else None
            )
            if english:
                found.append((at, match.end(), english))
                break
    return found


def joint_issuers(text: str, glossary: Glossary) -> str | None:
    """English of a text that is only 商务部等14部门, or 商务部等部门 without their number."""
    match = _JOINT.fullmatch(text)
    if match:
        return _joint_issuers_of(match, glossary)
    others = _OTHERS.fullmatch(text)
    named = bodies(others["body"], glossary) if others else None
    return listed([*map(the, named), "other departments"]) if named else None


def the(name: str) -> str:
    """A body's name with its article in running text."""
    return name if _NO_ARTICLE.match(name) or name.startswith("the ") else f"the {name}"


def joined(names: Sequence[str]) -> str:
    """Names with articles as running text lists them: the A, the B and the C."""
    return listed([the(name) for name in names])
