"""Titles as references, with the covering document that a title may stand in."""

from shared.chinese.acts import ISSUE
from shared.chinese.bodies import bodies_before
from shared.chinese.dates import YEAR
from shared.chinese.form import Form, Forms
from shared.chinese.references.reference import Reference
from shared.chinese.text import Text
from shared.chinese.titles import Title, find_titles

# Before the title that the covering document is about, and behind it: 关于印发|《…》|的通知（〔1997〕某发第267号）.
BEFORE = Forms(
    Form(
        "about",
        rf"关于(?:{ISSUE}|修改|修订|废止|执行|贯彻|实施|转发|调整)[^，。；《》]{{0,10}}$",
        yes=("某部、某局关于印发", "关于贯彻执行"),
        no=("关于", "关于印发，"),
    )
)
BEHIND = Forms(
    Form(
        "type",
        r"(?P<rest>(?:等[^，。；《》]{0,16})?的(?:通知|公告|通告|决定|函|批复|意见))\s?"
        rf"(?=（[^（）]{{0,30}}(?:〔[^〔〕]*〕|{YEAR}年)[^（）]{{0,16}}号)",
        yes=("的通知（〔1997〕某发第267号）", "等目录的公告（2019年第10号）"),
        no=("的通知", "的通知（以下简称《通知》）"),
    ),
    anchored=True,
)


def titled_references(text: Text) -> list[Reference]:
    """A reference for each title of a text, in order."""
    references: list[Reference] = []
    for title in find_titles(text):
        if not references or title.start >= references[-1].end:
            references.append(_with_cover(text, _reference(title)))
    return references


def _reference(title: Title) -> Reference:
    return Reference(
        title.start,
        title.end,
        title.words,
        title.words_start,
        title.words_end,
        inner=tuple(map(_reference, title.inner)),
    )


def _with_cover(text: Text, title: Reference) -> Reference:
    """某部、某局关于印发《…》的通知（〔1997〕某发第267号) without marks of its own: the number is the covering
    document's.
    """
    behind = BEHIND.match(text.folded, title.end)
    before = BEFORE.search(text.folded, max(0, title.start - 40), title.start)
    if not behind or not before:
        return title
    bodies = bodies_before(text.folded, before.start)
    start, end = bodies[0].start if bodies else before.start, behind.span("rest")[1]
    return Reference(start, end, text.raw[start:end], start, end, inner=(title,))
