"""编 章 节 条 款 项 目: the parts of laws, regulations and other documents, as they are numbered.

立法技术规范（试行） of the NPC; only 项 is numbered in brackets, 第（二）项.
"""

from sys import maxsize

from shared.chinese.acts import any_of
from shared.chinese.form import Form, Forms, Found
from shared.chinese.numerals import HUNDREDS

# The units of statutes, with their English; notices number other parts of their texts as well.
UNITS = {
    "编": "Part",
    "章": "Chapter",
    "节": "Section",
    "条": "Article",
    "款": "paragraph",
    "项": "item",
}
_OTHERS = ("部分", "目", "点", "类", "段", "行", "列")
# The longest law, 民法典, has 1,260 articles.
_COUNT = rf"(?:\d{{1,4}}|[{HUNDREDS}千零〇]{{1,7}})"
# One of the units with its number, as a part of a pattern with the groups `number` and `unit`.
NUMBERED_UNIT = rf"第\s?（?\s?(?P<number>{_COUNT})\s?）?\s?(?P<unit>{any_of(*UNITS)})"


def numbered(*units: str) -> str:
    """A pattern of a part of a document with its number: 第三条, 第 3 款, 第（二）项."""
    return rf"第\s?（?\s?{_COUNT}\s?）?\s?{any_of(*units)}"


PROVISION = numbered(*_OTHERS, *UNITS)
ARTICLE = numbered("条")
_ARTICLES = Forms(
    Form(
        "article",
        rf"\s*{ARTICLE}\s+",
        yes=("第九条 主管部门可以决定", "  第37条 本办法", "第一千二百六十条 本法"),
        no=("第九条规定", "第一条款 的"),
    ),
    anchored=True,
)


def article_at(folded: str, start: int = 0, end: int = maxsize) -> Found | None:
    """The number of an article that begins at `start` of a folded text, with the spaces round it."""
    return _ARTICLES.match(folded, start, end)
