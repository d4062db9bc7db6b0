"""What a title is about: the standing forms of export controls, lists and other acts.

Each is English round the one thing that no rule can know, a product or an item, which is left for
an engine: 对镓、锗相关物项实施出口管制 is "imposing export controls on" 镓、锗相关物项.
"""

import re

from services.translator.glossary import Glossary
from services.translator.rules.frame import Frame
from services.translator.rules.phrases import phrase
from services.translator.rules.places import of_place
from services.translator.rules.remedies import remedy
from services.translator.rules.wording import Slot, Wording, Wordings, words
from services.translator.rules.words import counted, listed
from shared.chinese.lexicon import LISTS
from shared.chinese.numerals import CHARACTERS, number

_ACTS = {
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
_LIST_NAMES = frozenset(name for row in LISTS.entries for name in row.printed)
_AND = re.compile(r"[、，和与及]|以及")
_PUBLISHED = re.compile(r"公布(?P<what>.+?)的?(?P<kind>决定|公告)?")
_SEVERAL = re.compile(r"[\s，；]|进一步")
_SOME = rf"(?P<count>\d{{1,3}}|[{CHARACTERS}]{{1,3}})家(?P<place>[一-龥]{{2,8}}?)?(?P<what>实体|企业|公司)"
_WHAT = {"实体": ("entity", "entities"), "企业": ("enterprise", "enterprises"), "公司": ("company", "companies")}  # fmt: skip


def matter(text: str, glossary: Glossary) -> Frame | None:
    """The frame of a matter, in lower case; None if it has none of the formulaic forms."""
    known = phrase(text, glossary)
    if known:
        return Frame(known)
    return (
        _published(text, glossary)
        or remedy(text, glossary)
        or _MATTERS.render(text, glossary)
        or _doing(text)
    )


def _list(text: str, glossary: Glossary) -> str | None:
    known = glossary.get(text, ("strict",)) if text in _LIST_NAMES else None
    return f"the {known.en}" if known else None


def _entities(text: str, glossary: Glossary) -> str | None:
    """莱多斯公司等28家美国实体: 28 entities of the United States including Leidos."""
    names, _, counted_ones = text.rpartition("等")
    if names and re.fullmatch(_SOME, counted_ones):
        own, some = _own(names, glossary), _counted(counted_ones, glossary)
        return f"{some} including {own}" if own and some else None
    return _own(text, glossary) or _counted(text, glossary)


def _own(text: str, glossary: Glossary) -> str | None:
    """A text that consists only of names from the notice's own list."""
    found = list(glossary.find_own(text))
    ends = [0, *(end for _, end, _ in found)]
    starts = [*(start for start, _, _ in found), len(text)]
    between = [text[end:start] for end, start in zip(ends, starts, strict=True)]
    if not found or between[0] or between[-1] or not all(map(_AND.fullmatch, between[1:-1])):
        return None
    return listed([name for _, _, name in found])


def _counted(text: str, glossary: Glossary) -> str | None:
    """28家美国实体: 28 entities of the United States."""
    match = re.fullmatch(_SOME, text)
    place = of_place(match["place"], glossary) if match and match["place"] else None
    if match is None or (match["place"] and not place):
        return None
    count = number(match["count"]) or 0
    entities = f"{counted(count)} {_WHAT[match['what']][count != 1]}"
    return f"{entities} of {place}" if place else entities


_MATTERS = Wordings(
    Wording(
        "(?:将|把){entities}列入{list}(?:管理)?",
        "adding {entities} to {list}",
        {"将28家美国实体列入出口管制管控名单": "adding 28 entities of the United States to the Export Control List"},
    ),
    Wording(
        "(?:将|把){rest}列入{list}(?:管理)?",
        "adding {rest} to {list}",
        {"将甲公司列入不可靠实体清单": "adding ⟦甲公司⟧ to the Unreliable Entity List"},
    ),
    Wording(
        "(?:将|把){entities}移出{list}(?:管理)?",
        "removing {entities} from {list}",
        {"将三家企业移出关注名单": "removing three enterprises from the watch list"},
    ),
    Wording(
        "(?:将|把){rest}移出{list}(?:管理)?",
        "removing {rest} from {list}",
        {"将甲公司移出关注名单": "removing ⟦甲公司⟧ from the watch list"},
    ),
    Wording(
        "{control}{rest}对{place}(?:实施|的)?出口管制(?:措施)?",
        "{control}export controls on {rest} to {place}",
        {"加强相关两用物项对美国出口管制": "strengthening export controls on ⟦相关两用物项⟧ to the United States"},
    ),
    Wording(
        "{control}{rest}(?:实施|的)?出口管制(?:措施)?",
        "{control}export controls on {rest}",
        {"对镓、锗相关物项实施出口管制": "imposing export controls on ⟦镓、锗相关物项⟧"},
    ),
    Wording(
        "对{entities}采取反制裁?(?:处理)?措施",
        "taking countermeasures against {entities}",
        {"对三家企业采取反制措施": "taking countermeasures against three enterprises"},
    ),
    Wording(
        "对{rest}采取反制裁?(?:处理)?措施",
        "taking countermeasures against {rest}",
        {"对某地两家金融机构采取反制措施": "taking countermeasures against ⟦某地两家金融机构⟧"},
    ),
    Wording(
        "对{entities}采取不可靠实体清单(?:处理)?措施",
        "taking Unreliable Entity List measures against {entities}",
        {"对三家企业采取不可靠实体清单措施": "taking Unreliable Entity List measures against three enterprises"},
    ),
    Wording(
        "对{rest}采取不可靠实体清单(?:处理)?措施",
        "taking Unreliable Entity List measures against {rest}",
        {"对甲公司采取不可靠实体清单措施": "taking Unreliable Entity List measures against ⟦甲公司⟧"},
    ),
    Wording(
        "{act}《{cited}》",
        "{act} the {cited}",
        {"印发《消费行动方案》": "issuing the ⟦消费行动方案⟧"},
    ),
    Wording(
        "{act}{rest}",
        "{act} {rest}",
        {"继续暂停实施某公告": "further suspending the implementation of ⟦某公告⟧"},
    ),
    list=Slot("[一-龥]{4,10}", _list),
    entities=Slot(".+?", _entities),
    control=words({"对": "imposing ", "加强": "strengthening ", "": ""}),
    act=words(_ACTS),
    cited=Slot("[^《》]+", lambda text, _: Frame(rest=text)),
)  # fmt: skip


def _published(text: str, glossary: Glossary) -> Frame | None:
    """公布…的决定: publishing the decision on …; what is an act already is not published once more."""
    match = _PUBLISHED.fullmatch(text)
    if not match:
        return None
    inner = matter(match["what"], glossary) or Frame("", match["what"])
    if match["kind"] == "决定":
        return inner.within("publishing the decision on")
    act = inner.before and not inner.before.startswith(("the ", "an ", "a "))
    return inner if act else inner.within("publishing")


def _doing(text: str) -> Frame | None:
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
