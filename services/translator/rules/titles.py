"""Titles: {number} {issuers}关于{matter}的{type} into {Type} of {issuers} on {matter}."""

import re
from datetime import date
from typing import NamedTuple

from services.translator.glossary import Glossary
from services.translator.rules.bodies import bodies, joined, joint_whole
from services.translator.rules.numbers import document_number
from services.translator.rules.phrases import capitalised, phrase

_TITLE = re.compile(
    r"(?P<issuers>[一-龥、 \u3000\d（）]{0,120}?)关于(?P<matter>.+)的(?P<type>[一-龥]{1,6})"
)
_PREFIX = re.compile(r"(?P<number>.+?号)[\s\u3000：:]+(?P<rest>.+)")


class Title(NamedTuple):
    """A title's frame, and the Chinese that an engine must put between `before` and `after`.

    With `matter` empty, `before` is the whole title.
    """

    before: str
    matter: str


def title(text: str, on: date | None, glossary: Glossary) -> Title | None:
    """The frame of a title; None when there is none that rules know."""
    text = text.strip()
    whole = document_number(text, on, glossary)
    if whole:
        return Title(whole, "")
    prefix = _PREFIX.fullmatch(text)
    if prefix:
        number = document_number(prefix["number"], on, glossary)
        if number:
            inner = title(prefix["rest"], on, glossary)
            if inner:
                return Title(f"{number}: {inner.before}", inner.matter)
            known = phrase(prefix["rest"], on, glossary)
            return (
                Title(f"{number}: {capitalised(known)}", "")
                if known
                else Title(f"{number}:", prefix["rest"])
            )
    return _framed(text, on, glossary)


def _framed(text: str, on: date | None, glossary: Glossary) -> Title | None:
    match = _TITLE.fullmatch(text)
    if not match:
        known = phrase(text, on, glossary)
        return Title(capitalised(known), "") if known else None
    kind = glossary.get(match["type"], on, ("doctype",))
    if kind is None:
        return None
    issuers = match["issuers"].strip()
    before = kind.en
    if issuers:
        names = bodies(issuers, on, glossary)
        group = joint_whole(issuers, on, glossary)
        if group:
            article = "the " if group.startswith("General Offices") else ""
            before += f" of {article}{group}"
        elif names:
            before += f" of {joined(names)}"
        else:
            return None
    known = phrase(match["matter"], on, glossary)
    return Title(f"{before} on {known}", "") if known else Title(f"{before} on", match["matter"])
