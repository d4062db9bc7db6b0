"""What a title is about: the standing forms of export controls, lists and other acts.

Each form is an English frame round the one thing that no rule can know, a product or an item, which
is left for an engine: 对镓、锗相关物项实施出口管制 is "imposing export controls on" 镓、锗相关物项.
"""

import re
from collections.abc import Callable

from services.translator.glossary import Glossary
from services.translator.rules.frame import Frame
from services.translator.rules.phrases import phrase
from services.translator.rules.places import of_place
from services.translator.rules.remedies import remedy
from services.translator.rules.words import counted
from shared.chinese import numerals

_CONTROL = re.compile(
    r"(?P<verb>对|加强|)(?P<thing>.+?)(?:对(?P<place>[一-龥]{2,8}))?(?:实施|的)?出口管制(?:措施)?"
)
_CONTROLS = {"对": "imposing ", "加强": "strengthening ", "": ""}
_LISTS = {
    "不可靠实体清单": "the Unreliable Entity List",
    "出口管制管控名单": "the Export Control List",
    "反制清单": "the countermeasure list",
    "关注名单": "the watch list",
}
_LISTING = re.compile(
    rf"(?:将|把)(?P<who>.+?)(?P<how>列入|移出)(?P<list>{'|'.join(_LISTS)})(?:管理)?"
)
_SOME = re.compile(
    rf"(?P<count>\d{{1,3}}|[{numerals.CHARACTERS}]{{1,3}})家(?P<place>[一-龥]{{2,8}}?)?(?P<what>实体|企业|公司)"
)
_WHAT = {"实体": ("entity", "entities"), "企业": ("enterprise", "enterprises"), "公司": ("company", "companies")}  # fmt: skip
_COUNTER = re.compile(r"对(?P<thing>.+)采取(?P<what>反制裁?|不可靠实体清单)(?:处理)?措施")
_PUBLISHED = re.compile(r"公布(?P<what>.+?)的?(?P<kind>决定|公告)?")
_GERUNDS = {
    "暂停实施": "suspending the implementation of",
    "继续暂停实施": "further suspending the implementation of",
    "停止实施": "ending the implementation of",
    "恢复实施": "resuming the implementation of",
    "印发": "issuing",
    "修改": "amending",
    "修订": "revising",
    "废止": "repealing",
    "公布": "publishing",
    "发布": "releasing",
}
# What a title sets out to do; behind it stands a thing, which is left for an engine.
_DOING = {
    "做好": "doing a good job in",
    "开展": "carrying out",
    "加强": "strengthening",
    "促进": "promoting",
    "推动": "promoting",
    "推进": "advancing",
    "加快": "accelerating",
    "完善": "improving",
    "规范": "regulating",
    "支持": "supporting",
    "扩大": "expanding",
    "深化": "deepening",
    "落实": "implementing",
    "实施": "implementing",
    "调整": "adjusting",
    "取消": "cancelling",
    "设立": "establishing",
    "报送": "submitting",
    "申报": "applying for",
    "组织申报": "organizing applications for",
    "征求": "soliciting",
}
_SEVERAL = re.compile(r"[\s，；]|进一步")
_CITED = re.compile(r"《(?P<title>[^《》]+)》")


def matter(text: str, glossary: Glossary) -> Frame | None:
    """The frame of a matter, in lower case; None when it has none of the standing forms."""
    known = phrase(text, glossary)
    if known:
        return Frame(known, "")
    for form in _FORMS:
        made = form(text, glossary)
        if made:
            return made
    return None


def _controls(text: str, glossary: Glossary) -> Frame | None:
    match = _CONTROL.fullmatch(text)
    if not match:
        return None
    place = of_place(match["place"], glossary) if match["place"] else None
    if match["place"] and not place:
        return None
    before = f"{_CONTROLS[match['verb']]}export controls on"
    return Frame(before, match["thing"], f" to {place}" if place else "")


def _listing(text: str, glossary: Glossary) -> Frame | None:
    match = _LISTING.fullmatch(text)
    if not match:
        return None
    verb, to = ("adding", "to") if match["how"] == "列入" else ("removing", "from")
    behind = f" {to} {_LISTS[match['list']]}"
    some = _SOME.fullmatch(match["who"])
    place = of_place(some["place"], glossary) if some and some["place"] else None
    if some is None or (some["place"] and not place):
        return Frame(verb, match["who"], behind)
    count = numerals.number(some["count"]) or 0
    entities = f"{counted(count)} {_WHAT[some['what']][count != 1]}" + (
        f" of {place}" if place else ""
    )
    return Frame(f"{verb} {entities}{behind}", "")


def _countered(text: str, glossary: Glossary) -> Frame | None:
    match = _COUNTER.fullmatch(text)
    if not match:
        return None
    what = (
        "countermeasures" if match["what"].startswith("反") else "Unreliable Entity List measures"
    )
    return Frame(f"taking {what} against", match["thing"])


def _published(text: str, glossary: Glossary) -> Frame | None:
    """公布…的决定: publishing the decision on …; what is an act already is not published once more."""
    match = _PUBLISHED.fullmatch(text)
    if not match:
        return None
    inner = matter(match["what"], glossary) or Frame("", match["what"])
    if match["kind"] == "决定":
        return inner._replace(before=f"publishing the decision on {inner.before}".strip())
    act = inner.before and not inner.before.startswith(("the ", "an ", "a "))
    return inner if act else inner._replace(before=f"publishing {inner.before}".strip())


def _act(text: str, glossary: Glossary) -> Frame | None:
    for verb, english in _GERUNDS.items():
        if text.startswith(verb) and len(text) > len(verb):
            rest = text[len(verb) :]
            cited = _CITED.fullmatch(rest)
            if cited:
                return Frame(f"{english} the", cited["title"])
            return Frame(english, rest)
    return None


def _doing(text: str, glossary: Glossary) -> Frame | None:
    """进一步加强…: further strengthening …; not where several things are done."""
    further = text.startswith("进一步")
    text = text.removeprefix("进一步")
    verb = next(
        (one for one in sorted(_DOING, key=len, reverse=True) if text.startswith(one)), None
    )
    rest = text[len(verb) :] if verb else ""
    if not verb or not rest or _SEVERAL.search(rest) or any(one in rest for one in _DOING):
        return None
    return Frame(f"{'further ' * further}{_DOING[verb]}", rest)


_FORMS: tuple[Callable[[str, Glossary], Frame | None], ...] = (
    _published,
    remedy,
    _listing,
    _controls,
    _countered,
    _act,
    _doing,
)
