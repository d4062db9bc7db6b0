"""Titles: {number} {issuers}关于{matter}的{type} into {Type} {number} of {issuers} on {matter}."""

import re

from services.translator.glossary import Glossary
from services.translator.rules.bodies import bodies, body, joined, joint_whole, the
from services.translator.rules.dates import date_line
from services.translator.rules.frame import Frame
from services.translator.rules.matters import matter
from services.translator.rules.numbers import document_number
from services.translator.rules.words import capitalised

_MARKS = re.compile(
    r"关于.+的[一-龥]{1,6}(?:（.+号）)?$|号[\s\u3000：:]+.|^公布.|答记者问$|^《.+》的(?:政策)?解读$|(?:解读|发布|印发|公布)《.+》$|新闻发布会(?:（.+）)?$"
)
_SENTENCE = re.compile(r"[。；？！]|[：:]$")
_LONGEST = 120
_TITLE = re.compile(
    r"(?P<issuers>[一-龥、 \u3000\d（）]{0,120}?)关于(?P<matter>.+)的(?P<type>[一-龥]{1,6})"
)
_PREFIX = re.compile(r"(?P<number>.+?号)[\s\u3000：:]+(?P<rest>.+)")
_SUFFIX = re.compile(r"(?P<rest>.+)（(?P<number>[^（）]+号)）")
_ANSWERS = re.compile(
    r"(?P<body>[一-龥]{2,20}?)(?P<who>新闻发言人|发言人|有关负责人|有关司局负责人|负责人)"
    r"(?:就(?P<matter>.+?)(?:有关问题)?答记者问|解读《(?P<explained>.+)》)"
)
_ISSUES = re.compile(
    r"(?P<bodies>[一-龥、 \u3000\d]{2,80}?)(?:发布|印发|公布)《(?P<title>[^》]+)》"
)
_PRESS = re.compile(
    r"(?P<body>[一-龥]{2,20}?)召开(?P<regular>例行)?新闻发布会(?:（(?P<day>[^）]+)）)?"
)
_CITED = re.compile(r"^《([^《》]+)》$")
_INTERPRETED = re.compile(r"《(?P<title>.+)》的(?:政策)?解读")
_WHO = {"新闻发言人": "spokesperson", "发言人": "spokesperson"}


def looks_like_title(text: str) -> bool:
    """Whether a line may be a title: it has a title's form, and is no sentence."""
    return len(text) <= _LONGEST and bool(_MARKS.search(text)) and not _SENTENCE.search(text)


def title(text: str, glossary: Glossary) -> Frame | None:
    """The frame of a title; None when there is none that rules know."""
    text = text.strip()
    whole = document_number(text, glossary)
    if whole:
        return Frame(whole, "")
    return (
        _numbered(text, glossary)
        or _suffixed(text, glossary)
        or _framed(text, glossary)
        or _answers(text, glossary)
        or _interpreted(text, glossary)
        or _issues(text, glossary)
        or _press(text, glossary)
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
        group = joint_whole(issuers, glossary)
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


def _answers(text: str, glossary: Glossary) -> Frame | None:
    """商务部新闻发言人就…答记者问: Spokesperson of the Ministry of Commerce answers questions on …"""
    match = _ANSWERS.fullmatch(text)
    name = body(match["body"], glossary) if match else None
    if not match or not name:
        return None
    before = f"{_WHO.get(match['who'], 'official in charge').capitalize()} of {the(name)}"
    if match["explained"]:
        return Frame(f"{before} explains the", match["explained"])
    about = matter(match["matter"], glossary)
    before += " answers reporters' questions on"
    if about:
        return about._replace(before=f"{before} {about.before}")
    return Frame(before, match["matter"])


def _interpreted(text: str, glossary: Glossary) -> Frame | None:
    match = _INTERPRETED.fullmatch(text)
    if not match:
        return None
    inner = title(match["title"], glossary) or Frame("", match["title"])
    return inner._replace(before=f"Interpretation of the {inner.before}".strip())


def _issues(text: str, glossary: Glossary) -> Frame | None:
    """商务部发布《…》, a headline: Ministry of Commerce issues the …"""
    match = _ISSUES.fullmatch(text)
    if not match:
        return None
    names = bodies(match["bodies"], glossary)
    group = joint_whole(match["bodies"], glossary)
    if not names and not group:
        return None
    one = names is not None and len(names) == 1
    who = group or (names[0] if names and one else joined(names or ()))
    before = f"{capitalised(who)} {'issues' if one else 'issue'} the"
    inner = title(match["title"], glossary) or Frame("", match["title"])
    return inner._replace(before=f"{before} {inner.before}".strip())


def _press(text: str, glossary: Glossary) -> Frame | None:
    match = _PRESS.fullmatch(text)
    name = body(match["body"], glossary) if match else None
    day = date_line(match["day"]) if match and match["day"] else None
    if not match or not name or (match["day"] and not day):
        return None
    conference = "regular press conference" if match["regular"] else "press conference"
    return Frame(f"{name} holds {conference}" + (f" ({day})" if day else ""), "")


def _about(text: str, glossary: Glossary) -> Frame | None:
    about = matter(text, glossary)
    return about._replace(before=capitalised(about.before)) if about else None
