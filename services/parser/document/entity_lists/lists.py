"""Where a text names one of the ministry's lists: 出口管制管控名单, 不可靠实体清单."""

from shared.chinese.authority import changeable_by
from shared.chinese.form import Form, Forms, Found
from shared.chinese.lexicon import LISTS

UNRELIABLE, COUNTER = (LISTS.of(kind).entries[0].name for kind in ("unreliable", "counter"))
# 两用物项出口管制条例, article 28; 不可靠实体清单规定, article 4; 反外国制裁法, articles 4 and 5.
KEEPERS = changeable_by(("商务部", "外交部", "不可靠实体清单工作机制", "海关总署", "国务院"))
MENTIONS = Forms(
    Form(
        "list",
        LISTS.pattern + "(?!规定|工作机制|制度)",
        yes=("列入出口管制管控名单", "不可靠实体清单的外国实体"),
        no=("不可靠实体清单工作机制", "《不可靠实体清单规定》"),
    )
)


def list_at(mention: Found) -> str:
    """The canonical name of the list that a form of `MENTIONS` names."""
    return LISTS.names[mention.text]


def list_named(folded: str, start: int, end: int) -> str | None:
    """The canonical name of the first list that is named in a part of the text."""
    mention = MENTIONS.search(folded, start, end)
    return list_at(mention) if mention else None


def may_list(issuers: tuple[str, ...]) -> bool:
    """Whether a document of these issuers may put anybody on a list: those of the ministries that keep
    lists, of the bodies above them, and those whose issuers are not known.
    """
    return not issuers or not set(issuers).isdisjoint(KEEPERS)
