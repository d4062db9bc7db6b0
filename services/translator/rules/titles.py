"""Titles: {number} {issuers}关于{matter}的{type} into {Type} {number} of {issuers} on {matter}.

A title is parsed to its end or left as it is. Its English has the capitals of a headline.
"""

import re

from services.translator.glossary import Glossary
from services.translator.rules.bodies import bodies, joined, joint_issuers
from services.translator.rules.frame import Frame
from services.translator.rules.grammar import OF_ALL, REPUBLIC, noun
from services.translator.rules.headline import headline
from services.translator.rules.matters import matter
from services.translator.rules.numbers import document_number
from services.translator.rules.wording import Slot, Wording, Wordings, words
from services.translator.rules.words import capitalised
from shared.chinese.acts import ISSUE
from shared.chinese.characters import HAN
from shared.chinese.sentences import STOPS

_MARKS = re.compile(
    rf"关于.+的[{HAN}]{{1,6}}(?:（.+号）)?$|号[\s\u3000：:（]+.|^公布.|答记者问$|^《.+》的(?:政策)?解读$|(?:解读|{ISSUE})《.+》$|新闻发布会(?:（.+）)?$"
)
_SENTENCE = re.compile(rf"[{STOPS}]|[：:]$")
_LONGEST = 120
_TITLE = re.compile(
    rf"(?P<issuers>[{HAN}、 \u3000\d（）]{{0,120}}?)关于(?P<matter>.+)的(?P<type>[{HAN}]{{1,6}})(?P<note>（[^（）]{{2,12}}）)?"
)
_UNTYPED = re.compile(rf"(?P<issuers>[{HAN}、 \u3000\d（）]{{0,120}}?)关于(?P<matter>.+)")
_PREFIX = re.compile(r"(?P<number>.+?号)(?:[\s\u3000：:]+(?P<rest>.+)|（(?P<inner>.+)）)")
_SUFFIX = re.compile(r"(?P<rest>.+)（(?P<number>[^（）]+号)）")
_EDITION = re.compile(r"（(?:(?P<year>\d{4})年?(?:版|本|修订)?|(?P<state>试行|暂行|修订|征求意见稿|修订草案))）$")  # fmt: skip
_BRACKETS = str.maketrans("()", "（）")
_RULING = ("裁定", "终裁", "初裁")
_STATES = {
    "试行": "for Trial Implementation",
    "暂行": "Interim",
    "修订": "Revised",
    "征求意见稿": "Draft for Comments",
    "修订草案": "Revised Draft",
}


def looks_like_title(text: str) -> bool:
    """Whether a line may be a title: it has a title's form and is not a sentence."""
    return len(text) <= _LONGEST and bool(_MARKS.search(text)) and not _SENTENCE.search(text)


def title(text: str, glossary: Glossary) -> Frame | None:
    """The frame of a title, in a headline's capitals; None if no rule matches."""
    text = " ".join(text.translate(_BRACKETS).split())
    if "《" not in text:
        # Inner marks without outer ones.
        text = text.replace("〈", "《").replace("〉", "》")
    frame = _title(text, glossary)
    if frame is None:
        return None
    return frame._replace(
        before=headline(frame.before),
        after=headline(frame.after, inside=True),
        headline=True,
    )


def named(text: str, glossary: Glossary) -> str | None:
    """A title inside another one, without its article: what stands between 《 and 》."""
    text = text.strip()
    edition = _EDITION.search(text)
    known = glossary.get(text, ("document",)) or (
        glossary.get(text[: edition.start()], ("document",)) if edition else None
    )
    if known:
        whole = text[: edition.start()] if edition and text != known.zh else text
        english = known.en + (OF_ALL if whole.startswith(REPUBLIC) else "")
        return english + (_edition(edition) if edition and whole != text else "")
    if edition:
        inner = named(text[: edition.start()], glossary)
        return inner + _edition(edition) if inner else None
    frame = _framed(text, glossary)
    if frame is None:
        phrase = noun(text.removeprefix(REPUBLIC), glossary)
        of_all = OF_ALL if text.startswith(REPUBLIC) else ""
        said = phrase.english.removeprefix("the ") + of_all if phrase else None
        documents = phrase is not None and phrase.kind in ("document", "list", "thing")
        return headline(said) if said and documents else None
    return headline(frame.english) if frame.english else None


def _edition(match: re.Match[str]) -> str:
    return f" ({match['year']} Edition)" if match["year"] else f" ({_STATES[match['state']]})"


def _title(text: str, glossary: Glossary) -> Frame | None:
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
    rest = match["rest"] or match["inner"]
    framed = _framed(rest, glossary)
    if framed:
        kind, on, subject = f"{framed.before} ".partition(" on ")
        if on and number.startswith(kind):
            # An announcement that is announced by one: its type is said once.
            return framed._replace(before=f"{number} on {subject}".strip())
        return framed._replace(before=f"{number}: {framed.before}")
    cited = _document(rest, glossary)
    if cited:
        return Frame(f"{number}: {cited}")
    about = matter(rest, glossary)
    if about:
        return about._replace(before=f"{number} on {about.before}".rstrip())
    inner = _title(rest, glossary)
    return inner._replace(before=f"{number}: {inner.before}") if inner else None


def _document(text: str, glossary: Glossary) -> str | None:
    """The title of a law or a rule, alone or in 《》; None for what only speaks of one."""
    if text.startswith("公布"):
        return None
    text = text.removeprefix("《").removesuffix("》")
    plain = _EDITION.sub("", text)
    phrase = noun(plain.removeprefix(REPUBLIC), glossary)
    return named(text, glossary) if phrase is None or phrase.kind == "document" else None


def _suffixed(text: str, glossary: Glossary) -> Frame | None:
    match = _SUFFIX.fullmatch(text)
    number = document_number(match["number"], glossary) if match else None
    inner = _title(match["rest"], glossary) if match and number else None
    return inner._replace(after=f"{inner.after} ({number})") if inner else None


def _framed(text: str, glossary: Glossary) -> Frame | None:
    match = _TITLE.fullmatch(text)
    kind = glossary.get(match["type"], ("doctype",)) if match else None
    if not match or kind is None or match["type"].endswith(_RULING):
        return _untyped(text, glossary)
    by = _by(match["issuers"], glossary)
    about = None if by is None else matter(match["matter"], glossary)
    note = match["note"]
    if about is None or (note and note[1:-1] not in _STATES):
        return None
    after = f" ({_STATES[note[1:-1]]})" if note else ""
    return about._replace(
        before=f"{kind.en}{by} on {about.before}".rstrip(), after=about.after + after
    )


def _untyped(text: str, glossary: Glossary) -> Frame | None:
    """商务部关于促进外贸稳定增长若干政策措施: the matter is a document itself."""
    match = _UNTYPED.fullmatch(text)
    by = _by(match["issuers"], glossary) if match else None
    ruled = (
        matter(match["matter"], glossary) if match and match["matter"].endswith(_RULING) else None
    )
    if ruled and by == "":
        return ruled
    about = noun(match["matter"], glossary) if match and by is not None else None
    if about is None or by is None or about.kind not in ("document", "thing"):
        return None
    said = about.english.removeprefix("the ")
    kind, on, rest = said.partition(" for ")
    return Frame(f"{kind}{by}{on}{rest}") if on else None


def _by(issuers: str, glossary: Glossary) -> str | None:
    """Of whom it is: of the Ministry of Commerce; empty without issuers, None for one not known."""
    issuers = issuers.strip()
    if not issuers:
        return ""
    group = joint_issuers(issuers, glossary)
    if group:
        return f" of {'the ' if group.startswith('General Offices') else ''}{group}"
    names = bodies(issuers, glossary)
    return f" of {joined(names)}" if names else None


def _some(names: str, glossary: Glossary) -> str | None:
    """Several issuers at the beginning of a sentence."""
    several = bodies(names, glossary)
    issuers = joint_issuers(names, glossary) or (joined(several) if several else None)
    return capitalised(issuers) if issuers else None


def _inner(text: str, glossary: Glossary) -> Frame | None:
    """A title that another one names."""
    cited = named(text, glossary)
    return Frame(cited) if cited else _title(text, glossary)


_HEADLINES = Wordings(
    Wording(
        "{body}{who}就{about}(?:有关问题|有关情况|事)?(?:应询)?答记者问",
        "{who} of {body} answers reporters' questions on {about}",
        {"商务部新闻发言人就稀土出口管制答记者问": "Spokesperson of the Ministry of Commerce answers reporters' questions on export controls on rare earths"},
    ),
    Wording(
        "{body}{who}就{about}(?:有关问题)?(?:发表谈话|发表讲话)",
        "{who} of {body} makes remarks on {about}",
        {"商务部新闻发言人就稀土出口管制发表谈话": "Spokesperson of the Ministry of Commerce makes remarks on export controls on rare earths"},
    ),
    Wording(
        "{body}{who}解读《{title}》",
        "{who} of {body} explains the {title}",
        {"商务部有关负责人解读《拍卖管理办法》": "Official in charge of the Ministry of Commerce explains the Measures for the Administration of Auctions"},
    ),
    Wording(
        "(?:政策解读：|公告解读：|解读：)(?:《)?{title}(?:》)?",
        "Interpretation of the {title}",
        {"政策解读：拍卖管理办法": "Interpretation of the Measures for the Administration of Auctions"},
    ),
    Wording(
        "《{title}》的?(?:政策)?解读",
        "Interpretation of the {title}",
        {"《拍卖管理办法》的政策解读": "Interpretation of the Measures for the Administration of Auctions"},
    ),
    Wording(
        "{body}(?:关于|解读)《{title}》(?:的?(?:政策)?解读)?",
        "Interpretation of the {title} by {body}",
        {"商务部关于《拍卖管理办法》的解读": "Interpretation of the Measures for the Administration of Auctions by the Ministry of Commerce"},
    ),
    Wording(
        f"{{name}}{ISSUE}《{{title}}》",
        "{name} issues the {title}",
        {"商务部发布《拍卖管理办法》": "Ministry of Commerce issues the Measures for the Administration of Auctions"},
    ),
    Wording(
        f"{{some}}{ISSUE}《{{title}}》",
        "{some} issue the {title}",
        {"商务部等14部门印发《拍卖管理办法》": "14 departments including the Ministry of Commerce issue the Measures for the Administration of Auctions"},
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
    about=Slot(".+?", lambda text, glossary: matter(text, glossary)),
    title=Slot(".+", _inner),
    some=Slot(f"[{HAN}、 \u3000\\d]{{2,80}}?", _some),
    conference=words({"例行新闻发布会": "regular press conference", "新闻发布会": "press conference"}),
)  # fmt: skip


def _about(text: str, glossary: Glossary) -> Frame | None:
    cited = _document(text, glossary)
    if cited:
        return Frame(cited)
    about = matter(text, glossary)
    if about is not None:
        return about._replace(before=capitalised(about.before.removeprefix("the ")))
    return None
