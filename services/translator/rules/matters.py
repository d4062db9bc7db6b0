"""What a title is about: a remedy, a listing, or a phrase of the grammar.

What is not known whole is left whole, but for one name that no glossary can have, of a company, of
a product or of a document, which is left for an engine.
"""

import re

from services.translator.glossary import Glossary
from services.translator.rules.frame import Frame
from services.translator.rules.grammar import doing, list_name, noun
from services.translator.rules.phrases import phrase
from services.translator.rules.places import of_place
from services.translator.rules.remedies import remedy
from services.translator.rules.wording import Slot, Wording, Wordings, words
from services.translator.rules.words import counted, listed
from shared.chinese.acts import PUBLISH
from shared.chinese.characters import HAN
from shared.chinese.numerals import CHARACTERS, number

_AND = re.compile(r"[、，和与及]|以及")
_PUBLISHED = re.compile(r"公布(?P<what>.+?)的?(?P<kind>决定|公告)?")
_SOME = rf"(?P<count>\d{{1,3}}|[{CHARACTERS}]{{1,3}})家(?P<place>[{HAN}]{{2,8}}?)?(?P<what>实体|企业|公司)"
_WHAT = {"实体": ("entity", "entities"), "企业": ("enterprise", "enterprises"), "公司": ("company", "companies")}  # fmt: skip
# A name holds none of these: they are of the sentence around it.
_NO_NAME = re.compile(r"[对将的就等，、]|实施|进行|采取|临时|部分|有关|相关|\d+家|及其")
_LONGEST_NAME = 30
_REMEDY = re.compile(r"(?:原产于|产自).*(?:反倾销|反补贴|保障措施|反规避)")
_ABOUT = re.compile(
    r"(?:(?:有关|相关|若干)(?:事项|事宜|问题|情况)|若干(?:政策)?措施|(?P<work>(?:有关|相关)工作))$"
)
_CLARIFIED = re.compile(rf"(?:进一步|切实|请|协助)*(?:明确|{PUBLISH}|做好)")
_CARRIED_OUT = re.compile(r"(?:进一步|切实|组织)*(?:开展|加强)")


def matter(text: str, glossary: Glossary) -> Frame | None:
    """The frame of a matter, in lower case; None if it has none of the known forms."""
    text = text.strip()
    published = _published(text, glossary)
    if published:
        return published
    # What is imported from where and what is done against it are words of the grammar as well.
    ruled = remedy(text, glossary) if _REMEDY.search(text) else None
    if ruled:
        return ruled
    # 调整关税有关问题 are issues; only of some verbs they are the object.
    about = _ABOUT.search(text)
    if _CLARIFIED.match(text) or (about and about["work"] and _CARRIED_OUT.match(text)):
        about = None
    named = noun(text, glossary) if about else None
    known = None if named else doing(text, glossary)
    named = named or (None if known else noun(text, glossary))
    whole = known or (named.english if named else None) or phrase(text, glossary)
    return Frame(whole) if whole else remedy(text, glossary) or MATTERS.render(text, glossary)


def _entities(text: str, glossary: Glossary) -> str | Frame | None:
    """莱多斯公司等28家美国实体: 28 entities of the United States including Leidos."""
    names, _, counted_ones = text.rpartition("等")
    if names and re.fullmatch(_SOME, counted_ones):
        own, some = _own(names, glossary), _counted(counted_ones, glossary)
        who = Frame(own) if own else _name(names, glossary)
        return who.within(f"{some} including") if who and some else None
    named = noun(text, glossary)
    known = named.english if named and named.kind == "entity" else None
    return _own(text, glossary) or _counted(text, glossary) or known


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


def _name(text: str, _: Glossary) -> Frame | None:
    """A name that no rule knows: all of it, or nothing."""
    return Frame(rest=text) if len(text) <= _LONGEST_NAME and not _NO_NAME.search(text) else None


MATTERS = Wordings(
    Wording(
        "(?:将|把){entities}(?:新增|增)?列入{list}(?:管理)?",
        "adding {entities} to {list}",
        {"将28家美国实体列入出口管制管控名单": "adding 28 entities of the United States to the Export Control List"},
    ),
    Wording(
        "(?:将|把){unknown}列入{list}(?:管理)?",
        "adding {unknown} to {list}",
        {"将甲公司列入不可靠实体清单": "adding ⟦甲公司⟧ to the Unreliable Entity List"},
    ),
    Wording(
        "(?:将|把){entities}移出{list}(?:管理)?",
        "removing {entities} from {list}",
        {"将三家企业移出关注名单": "removing three enterprises from the Watch List"},
    ),
    Wording(
        "(?:将|把){unknown}移出{list}(?:管理)?",
        "removing {unknown} from {list}",
        {"将甲公司移出关注名单": "removing ⟦甲公司⟧ from the Watch List"},
    ),
    Wording(
        "{entities}列入{list}后续处理措施",
        "the follow-up measures on {entities} listed on {list}",
        {"三家企业列入不可靠实体清单后续处理措施": "the follow-up measures on three enterprises listed on the Unreliable Entity List"},
    ),
    Wording(
        "{control}{unknown}对{place}(?:实施|的)?出口管制(?:措施)?",
        "{control}export controls on {unknown} to {place}",
        {"加强甲物项对美国出口管制": "strengthening export controls on ⟦甲物项⟧ to the United States"},
    ),
    Wording(
        "{control}{unknown}实施出口管制(?:措施)?",
        "{control}export controls on {unknown}",
        {"对甲物项实施出口管制": "imposing export controls on ⟦甲物项⟧"},
    ),
    Wording(
        "对{entities}采取反制裁?(?:处理)?措施",
        "taking countermeasures against {entities}",
        {"对三家企业采取反制措施": "taking countermeasures against three enterprises"},
    ),
    Wording(
        "对{unknown}采取反制裁?(?:处理)?措施",
        "taking countermeasures against {unknown}",
        {"对甲公司采取反制措施": "taking countermeasures against ⟦甲公司⟧"},
    ),
    Wording(
        "对{entities}采取不可靠实体清单(?:处理)?措施",
        "taking Unreliable Entity List measures against {entities}",
        {"对三家企业采取不可靠实体清单措施": "taking Unreliable Entity List measures against three enterprises"},
    ),
    Wording(
        "对{unknown}采取不可靠实体清单(?:处理)?措施",
        "taking Unreliable Entity List measures against {unknown}",
        {"对甲公司采取不可靠实体清单措施": "taking Unreliable Entity List measures against ⟦甲公司⟧"},
    ),
    Wording(
        "{act}《{cited}》",
        "{act} the {cited}",
        {"印发《消费行动方案》": "issuing the ⟦消费行动方案⟧"},
    ),
    list=Slot(f"[{HAN}]{{4,10}}", list_name),
    entities=Slot(".+", _entities),
    unknown=Slot(".+", _name),
    control=words({"对": "imposing ", "加强": "strengthening "}),
    act=words(
        {
            "印发": "issuing",
            "修改": "amending",
            "修订": "revising",
            "废止": "repealing",
            "公布": "publishing",
            "发布": "releasing",
        }
    ),
    cited=Slot("[^《》]+", lambda text, _: Frame(rest=text)),
)  # fmt: skip


def _published(text: str, glossary: Glossary) -> Frame | None:
    """公布…的决定: publishing the decision on …; what is an act already is not published once more."""
    match = _PUBLISHED.fullmatch(text)
    if not match:
        return None
    what = match["what"]
    done = doing(what, glossary)
    inner = Frame(done) if done else remedy(what, glossary) or MATTERS.render(what, glossary)
    named = noun(what, glossary) if match["kind"] == "公告" and not inner else None
    if named:
        # 公布2023年粮食进口关税配额申领条件的公告: the announcement is the document itself.
        return Frame(f"publishing {named.english}")
    if inner and match["kind"] == "决定":
        return inner.within("publishing the decision on")
    if inner:
        return inner.within("publishing") if inner.before.startswith("the ") else inner
    return None
