"""Titles: {number} {issuers}关于{matter}的{type} into {Type} {number} of {issuers} on {matter}."""

import re

from services.translator.glossary import Glossary
from services.translator.rules.bodies import bodies, joined, joint_issuers
from services.translator.rules.frame import Frame
from services.translator.rules.matters import matter
from services.translator.rules.numbers import document_number
from services.translator.rules.wording import Slot, Wording, Wordings, words
from services.translator.rules.words import capitalised
from shared.chinese.acts import ISSUE
from shared.chinese.sentences import STOPS

_MARKS = re.compile(
    rf"关于.+的[一-龥]{{1,6}}(?:（.+号）)?$|号[\s\u3000：:]+.|^公布.|答记者问$|^《.+》的(?:政策)?解读$|(?:解读|{ISSUE})《.+》$|新闻发布会(?:（.+）)?$"
)
_SENTENCE = re.compile(rf"[{STOPS}]|[：:]$")
_LONGEST = 120
_TITLE = re.compile(
    r"(?P<issuers>[一-龥、 \u3000\d（）]{0,120}?)关于(?P<matter>.+)的(?P<type>[一-龥]{1,6})"
)
_PREFIX = re.compile(r"(?P<number>.+?号)[\s\u3000：:]+(?P<rest>.+)")
_SUFFIX = re.compile(r"(?P<rest>.+)（(?P<number>[^（）]+号)）")
_CITED = re.compile(r"^《([^《》]+)》$")


def looks_like_title(text: str) -> bool:
    """Whether a line may be a title: it has a title's form and is not a sentence."""
    return len(text) <= _LONGEST and bool(_MARKS.search(text)) and not _SENTENCE.search(text)


def title(text: str, glossary: Glossary) -> Frame | None:
    """The frame of a title; None if no rule matches."""
    text = text.strip()
    whole = document_number(text, glossary)
    if whole:
        return Frame(whole, "")
    return (
        _numbered(text, glossary)
        or _suffixed(text, glossary)
        or _framed(text, glossary)
        or _HEADLINES.render(text, glossary)
        or _about(text, glossary)
    )


def _numbered(text: str, glossary: Glossary) -> Frame | None:
    """Announcement No. 40 of 2018 of the Ministry of Commerce on the final ruling …"""
    match = _PREFIX.fullmatch(text)
    number = document_number(match["number"], glossary) if match else None
    if not match or not number:
        return None
    inner = title(match["rest"], glossary)
    if not inner:
        return Frame(f"{number}:", _CITED.sub(r"\1", match["rest"]))
    kind, about, subject = f"{inner.before} ".partition(" on ")
    if about and number.startswith(kind):
        # An announcement that is announced by one: its type is said once.
        return inner._replace(before=f"{number} on {subject}".strip())
    if matter(match["rest"], glossary):
        return inner._replace(before=f"{number} on {inner.before[:1].lower()}{inner.before[1:]}")
    return inner._replace(before=f"{number}: {inner.before}")


def _suffixed(text: str, glossary: Glossary) -> Frame | None:
    match = _SUFFIX.fullmatch(text)
    number = document_number(match["number"], glossary) if match else None
    inner = title(match["rest"], glossary) if match and number else None
    return inner._replace(after=f"{inner.after} ({number})") if inner else None


def _framed(text: str, glossary: Glossary) -> Frame | None:
    match = _TITLE.fullmatch(text)
    kind = glossary.get(match["type"], ("doctype",)) if match else None
    if not match or kind is None:
        return None
    before = kind.en
    issuers = match["issuers"].strip()
    if issuers:
        names = bodies(issuers, glossary)
        group = joint_issuers(issuers, glossary)
        if group:
            article = "the " if group.startswith("General Offices") else ""
            before += f" of {article}{group}"
        elif names:
            before += f" of {joined(names)}"
        else:
            return None
    about = matter(match["matter"], glossary) or _numbered_document(match["matter"], glossary)
    if about:
        return about._replace(before=f"{before} on {about.before}")
    return Frame(f"{before} on", match["matter"])


def _numbered_document(text: str, glossary: Glossary) -> Frame | None:
    number = document_number(text, glossary)
    return Frame(number, "") if number else None


def _some(names: str, glossary: Glossary) -> str | None:
    """Several issuers at the beginning of a sentence."""
    several = bodies(names, glossary)
    issuers = joint_issuers(names, glossary) or (joined(several) if several else None)
    return capitalised(issuers) if issuers else None


_HEADLINES = Wordings(
    Wording(
        "{body}{who}就{about}(?:有关问题)?答记者问",
        "{who} of {body} answers reporters' questions on {about}",
        {"商务部新闻发言人就稀土问题答记者问": "Spokesperson of the Ministry of Commerce answers reporters' questions on ⟦稀土问题⟧"},
    ),
    Wording(
        "{body}{who}解读《{rest}》",
        "{who} of {body} explains the {rest}",
        {"商务部有关负责人解读《某办法》": "Official in charge of the Ministry of Commerce explains the ⟦某办法⟧"},
    ),
    Wording(
        "《{title}》的(?:政策)?解读",
        "Interpretation of the {title}",
        {"《某办法》的政策解读": "Interpretation of the ⟦某办法⟧"},
    ),
    Wording(
        f"{{name}}{ISSUE}《{{title}}》",
        "{name} issues the {title}",
        {"商务部发布《某办法》": "Ministry of Commerce issues the ⟦某办法⟧"},
    ),
    Wording(
        f"{{some}}{ISSUE}《{{title}}》",
        "{some} issue the {title}",
        {"商务部等14部门印发《某办法》": "14 departments including the Ministry of Commerce issue the ⟦某办法⟧"},
    ),
    Wording(
        "{name}召开{conference}",
        "{name} holds {conference}",
        {"商务部召开例行新闻发布会": "Ministry of Commerce holds regular press conference"},
    ),
    Wording(
        "{name}召开{conference}（{date}）",
        "{name} holds {conference} ({date})",
        {"商务部召开新闻发布会（2022年12月8日）": "Ministry of Commerce holds press conference (December 8, 2022)"},
    ),
    who=words(
        {
            "新闻发言人": "Spokesperson",
            "发言人": "Spokesperson",
            "有关负责人": "Official in charge",
            "有关司局负责人": "Official in charge",
            "负责人": "Official in charge",
        }
    ),
    about=Slot(".+?", lambda text, glossary: matter(text, glossary) or Frame(rest=text)),
    title=Slot(".+", lambda text, glossary: title(text, glossary) or Frame(rest=text)),
    some=Slot("[一-龥、 \u3000\\d]{2,80}?", _some),
    conference=words({"例行新闻发布会": "regular press conference", "新闻发布会": "press conference"}),
)  # fmt: skip


def _about(text: str, glossary: Glossary) -> Frame | None:
    about = matter(text, glossary)
    return about._replace(before=capitalised(about.before)) if about else None
