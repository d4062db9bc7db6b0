"""Titles: {number} {issuers}关于{matter}的{type} into {Type} {number} of {issuers} on {matter}.

A title is parsed to its end or left as it is. Its English has the capitals of a headline.
"""

import re

from services.translator.glossary import Glossary
from services.translator.rules.bodies import bodies, joined, joint_issuers
from services.translator.rules.editions import edition
from services.translator.rules.frame import Frame
from services.translator.rules.grammar import OF_ALL, REPUBLIC, noun
from services.translator.rules.headline import headline
from services.translator.rules.matters import matter
from services.translator.rules.numbers import document_number
from services.translator.rules.treaties import TREATIES
from services.translator.rules.wording import Slot, Wording, Wordings, words
from services.translator.rules.words import capitalised
from shared.chinese.acts import ISSUE
from shared.chinese.characters import CHINESE, HAN
from shared.chinese.sentences import STOPS

_MARKS = re.compile(
    rf"关于.+的[{HAN}]{{1,6}}(?:（.+号）)?$|号[\s\u3000：:（]+.|^公布.|答记者问$|^《.+》的(?:政策)?解读$|(?:解读|{ISSUE})《.+》$|新闻发布会(?:（.+）)?$"
)
_SENTENCE = re.compile(rf"[{STOPS}]|[：:]$")
# A line that may be a title, and what is called one by the page.
_LONGEST, _LONGEST_TITLE = 120, 400
_TITLE = re.compile(
    rf"(?P<issuers>[{HAN}、 \u3000\d（）]{{0,120}}?)(?:关于|(?=转发|批转))(?P<matter>.+)的(?P<type>[{HAN}]{{1,6}})(?P<note>（[^（）]{{2,12}}）)?"
)
_UNTYPED = re.compile(rf"(?P<issuers>[{HAN}、 \u3000\d（）]{{0,120}}?)关于(?P<matter>.+)")
_PREFIX = re.compile(
    r"(?P<number>.+?号(?:公告|令|通告)?)(?:[\s\u3000：:]+(?P<rest>.+)|（(?P<inner>.+)）)"
)
_SUFFIX = re.compile(r"(?P<rest>.+)（(?P<number>[^（）]+号)）")
_BRACKETS = str.maketrans("()", "（）")
_BRACKETED = re.compile(r"(令|公告)（(第[^（）]+号)）")
_RULING = ("裁定", "终裁", "初裁")
# A rule of the customs has their name before its own.
_OF_CUSTOMS, _CUSTOMS = " of the Customs", "海关"
# several measures for …, several opinions on ….
_SAYS_WHAT = re.compile(r"(?P<kind>.+?) (?:for|on) ")
# 《拍卖管理办法》（2019年修订): its edition stands behind the marks.
_QUOTED = re.compile(r"^《([^《》]+)》((?:（[^（）]+）)*)$")
_HOW = {"紧急": "Urgent ", "补充": "Supplementary ", "工作": "", "": ""}
_EXPLAINED = {"说明": "Explanation", "复函": "Letter of Reply", "解释": "Interpretation"}
# 关于增列…清单公告: the 的 is left out.
_BARE = re.compile(
    rf"(?P<issuers>[{HAN}、 \u3000\d（）]{{0,120}}?)关于(?P<matter>.+?)(?P<type>公告|通知|公示)(?P<note>（[^（）]{{2,12}}）)?"
)
# Made public without 关于: 2024年第二批磷矿石出口企业名单公示.
_ANNOUNCED = re.compile(r"(?P<what>.+?)的?(?P<type>公示|公告|通告)")
# 商务部 海关总署公告 禁止进口货物目录: without its number.
_UNNUMBERED = re.compile(
    rf"(?P<issuers>[{HAN}、 \u3000]{{2,120}}?)(?P<type>公告|通告|令) (?P<rest>.+)"
)


def looks_like_title(text: str) -> bool:
    """Whether a line may be a title: it has a title's form and is not a sentence."""
    return len(text) <= _LONGEST and bool(_MARKS.search(text)) and not _SENTENCE.search(text)


def title(text: str, glossary: Glossary) -> Frame | None:
    """The frame of a title, in a headline's capitals; None if no rule matches."""
    text = " ".join(text.translate(_BRACKETS).split())
    if len(text) > _LONGEST_TITLE:
        return None
    # Inner marks, which stand without outer ones and outside of them as well.
    text = text.replace("〈", "《").replace("〉", "》")
    # 主席令（第五十八号）
    text = _BRACKETED.sub(r"\1\2", text)
    frame = _title(text, glossary)
    if frame is None or CHINESE.search(frame.before + frame.after):
        return None
    return frame.as_title()


def named(text: str, glossary: Glossary) -> str | None:
    """A title inside another one, without its article: what stands between 《 and 》."""
    text = text.strip()
    known = glossary.get(text, ("document",))
    if known:
        return known.en + (OF_ALL if text.startswith(REPUBLIC) else "")
    behind = edition(text)
    if behind:
        inner = named(behind.title, glossary)
        return inner + behind.english if inner else None
    treaty = TREATIES.render(text, glossary)
    if treaty:
        return treaty.english
    frame = _framed(text, glossary)
    if frame is None:
        return _named_alone(text, glossary)
    return headline(frame.english) if frame.english else None


def _named_alone(text: str, glossary: Glossary) -> str | None:
    """A title that is a phrase: 进出口货物报关单填制规范, with whose it is before it."""
    plain = text.removeprefix(REPUBLIC)
    of_all = OF_ALL if plain != text else ""
    if of_all and plain.startswith(_CUSTOMS) and len(plain) > 5:
        plain, of_all = plain.removeprefix(_CUSTOMS), _OF_CUSTOMS + of_all
    elif plain.startswith(_CUSTOMS) and len(plain) > 5 and noun(plain, glossary) is None:
        plain, of_all = plain.removeprefix(_CUSTOMS), _OF_CUSTOMS
    phrase = noun(plain, glossary)
    if phrase is None or phrase.kind not in ("document", "list", "thing"):
        return None
    return headline(phrase.english.removeprefix("the ") + of_all)


def _title(text: str, glossary: Glossary) -> Frame | None:
    whole = document_number(text, glossary)
    if whole:
        return Frame(whole, "")
    return (
        _numbered(text, glossary)
        or _unnumbered(text, glossary)
        or _suffixed(text, glossary)
        or _framed(text, glossary)
        or _HEADLINES.render(text, glossary)
        or _announced(text, glossary)
        or _about(text, glossary)
    )


def _numbered(text: str, glossary: Glossary) -> Frame | None:
    """Announcement No. 40 of 2018 of the Ministry of Commerce on the final ruling …"""
    match = _PREFIX.fullmatch(text)
    number = document_number(match["number"], glossary) if match else None
    if not match or not number:
        return None
    return _behind(number, match["rest"] or match["inner"], glossary)


def _unnumbered(text: str, glossary: Glossary) -> Frame | None:
    """Announcement of the Ministry of Commerce: Catalogue of …, whose number stands elsewhere."""
    match = _UNNUMBERED.fullmatch(text)
    kind = _kind(match["type"], glossary) if match else None
    by = _by(match["issuers"], glossary) if match else None
    return _behind(f"{kind}{by}", match["rest"], glossary) if match and kind and by else None


def _behind(number: str, rest: str, glossary: Glossary) -> Frame | None:
    """What stands behind a document's number, with it."""
    framed = _framed(rest, glossary) or _announced(rest, glossary)
    if framed:
        kind, on, subject = f"{framed.before} ".partition(" on ")
        kind, _, issuers = kind.partition(" of ")
        if on and number.startswith(kind) and (not issuers or number.endswith(f" of {issuers}")):
            # An announcement that is announced by one: its type and whose it is are said once.
            return framed._replace(before=f"{number} on {subject}".strip())
        return framed._replace(before=f"{number}: {framed.before}")
    cited = _document(rest, glossary)
    if cited:
        return Frame(f"{number}: {cited}")
    listed = None if rest.startswith("公布") else noun(rest, glossary)
    if listed and listed.kind in ("document", "list"):
        # 禁止进口货物目录 begins as if it were prohibited.
        return Frame(f"{number} on {listed.english}")
    about = matter(rest.removeprefix("关于"), glossary)
    if about:
        return about._replace(before=f"{number} on {about.before}".rstrip())
    inner = _title(rest, glossary)
    return inner._replace(before=f"{number}: {inner.before}") if inner else None


def _document(text: str, glossary: Glossary) -> str | None:
    """The title of a law or a rule, alone or in 《》; None for what only speaks of one."""
    if text.startswith("公布"):
        return None
    text = _QUOTED.sub(r"\1\2", text)
    behind = edition(text)
    plain = behind.title if behind else text
    phrase = noun(plain.removeprefix(REPUBLIC), glossary)
    return named(text, glossary) if phrase is None or phrase.kind == "document" else None


def _suffixed(text: str, glossary: Glossary) -> Frame | None:
    match = _SUFFIX.fullmatch(text)
    number = document_number(match["number"], glossary) if match else None
    inner = _title(match["rest"], glossary) if match and number else None
    return inner._replace(after=f"{inner.after} ({number})") if inner else None


def _framed(text: str, glossary: Glossary) -> Frame | None:
    match = _TITLE.fullmatch(text)
    kind = _kind(match["type"], glossary) if match else None
    if not match or kind is None or match["type"].endswith(_RULING):
        match = _BARE.fullmatch(text)
        kind = _kind(match["type"], glossary) if match else None
    if not match or kind is None:
        return _untyped(text, glossary)
    by = _by(match["issuers"], glossary)
    own = glossary.get(f"关于{match['matter']}的{match['type']}", ("document",))
    said = _SAYS_WHAT.match(own.en) if own else None
    if own and said and by is not None and not match["note"]:
        # 商务部关于外商投资举办投资性公司的规定: a document that has an English name.
        return Frame(f"{said['kind']}{by}{own.en[said.end('kind') :]}")
    about = None if by is None else matter(match["matter"], glossary)
    note = edition(match["note"]) if match["note"] else None
    if about is None or (match["note"] and note is None):
        return _untyped(text, glossary)
    after = note.english if note else ""
    return about._replace(
        before=f"{kind}{by} on {about.before}".rstrip(), after=about.after + after
    )


def _kind(document_type: str, glossary: Glossary) -> str | None:
    """The English of 通知, 紧急通知."""
    how = next((how for how in _HOW if document_type.startswith(how)), "")
    known = glossary.get(document_type.removeprefix(how), ("doctype",))
    return f"{_HOW[how]}{known.en}" if known else _EXPLAINED.get(document_type)


def _announced(text: str, glossary: Glossary) -> Frame | None:
    """2024年第二批磷矿石出口企业名单公示: what is made public, without 关于."""
    match = _ANNOUNCED.fullmatch(text)
    kind = glossary.get(match["type"], ("doctype",)) if match else None
    about = noun(match["what"], glossary) if match else None
    if kind is None or about is None or about.kind not in ("list", "thing", "act"):
        return None
    return Frame(f"{kind.en} on {about.english}")


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
    match = _SAYS_WHAT.match(said)
    return Frame(f"{match['kind']}{by}{said[match.end('kind') :]}") if match else None


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


def _spoken_of(text: str, glossary: Glossary) -> Frame | None:
    """What somebody speaks of: 全国吸收外资情况 is no information on it."""
    about = matter(text, glossary)
    return about and about._replace(before=about.before.removeprefix("information on "))


_HEADLINES = Wordings(
    Wording(
        "{body}{who}就{about}(?:有关问题|有关情况|情况|事)?(?:应询)?答记者问",
        "{who} of {body} answers reporters' questions on {about}",
        {"商务部新闻发言人就稀土出口管制答记者问": "Spokesperson of the Ministry of Commerce answers reporters' questions on export controls on rare earths"},
    ),
    Wording(
        "{body}{who}就{about}(?:有关问题|情况|事)?(?:发表谈话|发表讲话)",
        "{who} of {body} makes remarks on {about}",
        {"商务部新闻发言人就稀土出口管制发表谈话": "Spokesperson of the Ministry of Commerce makes remarks on export controls on rare earths"},
    ),
    Wording(
        "{body}{who}(?:介绍|谈){about}",
        "{who} of {body} speaks on {about}",
        {"商务部有关负责人谈汽车以旧换新": "Official in charge of the Ministry of Commerce speaks on automobile trade-in"},
    ),
    Wording(
        "{body}{year}年度?{about}(?:情况)?年度报告",
        "Annual report of {body} on {about} for {year}",
        {"商务部2024年度政府信息公开年度报告": "Annual report of the Ministry of Commerce on government information disclosure for 2024"},
    ),
    Wording(
        "{body}{year}年度?{about}(?:情况)?报告",
        "Report of {body} on {about} for {year}",
        {"商务部2023年法治政府建设情况报告": "Report of the Ministry of Commerce on building a law-based government for 2023"},
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
        "(?:一图读懂|图解|一图看懂)[：: ]?《?{title}》?",
        "The {title} at a glance",
        {"一图读懂《拍卖管理办法》": "The Measures for the Administration of Auctions at a glance"},
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
        "{name}召开{about}专题新闻发布会",
        "{name} holds press conference on {about}",
        {"商务部召开二手车出口专题新闻发布会": "Ministry of Commerce holds press conference on exports of used cars"},
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
    about=Slot(".+?", _spoken_of),
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
