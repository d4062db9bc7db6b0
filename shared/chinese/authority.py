"""Who may change whose documents: the same body, one of several issuers, a superior, a successor.

立法法 (2023), chapter 6, and 规章制定程序条例: a document is changed or repealed by the body that issued it or by one
above it; what a body that was dissolved has issued is in the hands of those that took over from it
(外经贸部令 in those of 商务部). Superiors and successors are rows of `lexicon/authority.tsv`.
"""

from collections.abc import Iterable
from functools import cache

from shared.chinese.form import Form, Forms
from shared.chinese.lexicon import ABOVE, BODIES, CODES, FOLLOWED_BY

# What every body of the central government is under.
_STATE_COUNCIL = ("国务院", "国务院办公厅")
_SHORT = frozenset(entry.name for entry in BODIES.entries)
_LONGEST = max(map(len, _SHORT))
_LONGEST_CODE = max(map(len, CODES))
# The body by titles that it alone gives: 对外贸易法, and not 管理办法.
ISSUERS = Forms(
    Form(
        "全国人大常委会",
        "(?!.*关于)[^，。、《》]{2,40}(?<![办做方])法$",
        yes=("对外贸易法", "中华人民共和国出口管制法"),
        no=("某某管理办法", "关于修改对外贸易法", "做法"),
    ),
    Form(
        "国务院",
        "中华人民共和国[^，。、《》]{1,40}条例$",
        yes=("中华人民共和国两用物项出口管制条例",),
        no=("某省某某条例",),
    ),
    anchored=True,
)


@cache
def may_change(body: str) -> frozenset[str]:
    """The bodies that may change what `body` (its short name, maybe with an office) has issued."""
    found: set[str] = set()
    waiting = [body]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += _above(one)
            waiting += _followed_by(one)
    return frozenset(found)


def changeable_by(issuers: Iterable[str]) -> tuple[str, ...]:
    """The bodies any of which may change a document of these issuers, sorted; none for no issuers."""
    return tuple(sorted({one for issuer in issuers for one in may_change(issuer)}))


def issuer_of_code(code: str) -> str | None:
    """The body that numbers its letters by a code: 商办建函 is 商务部办公厅's; None if it is not known."""
    for length in range(min(len(code), _LONGEST_CODE), 0, -1):
        if (body := CODES.get(code[:length])) is not None:
            return body or None
    return None


def issuer_of_title(title: str) -> str | None:
    """The body whose documents alone are so called: 中华人民共和国…法, 中华人民共和国…条例."""
    form = ISSUERS.match(title)
    return form.name if form else None


def _above(body: str) -> tuple[str, ...]:
    if body in ABOVE:
        return ABOVE[body]
    if body in _SHORT or (parent := _parent(body)) is None:
        return _STATE_COUNCIL
    return (parent, *_STATE_COUNCIL)


def _followed_by(body: str) -> tuple[str, ...]:
    if body in _SHORT or (parent := _parent(body)) is None:
        return FOLLOWED_BY.get(body, ())
    # The office of the one is followed by that of the other: 外经贸部办公厅, 商务部办公厅.
    return tuple(one + body.removeprefix(parent) for one in FOLLOWED_BY.get(parent, ()))


def _parent(body: str) -> str | None:
    """The body that an office or a department is of: 商务部办公厅, 商务部外贸司."""
    lengths = range(min(len(body) - 1, _LONGEST), 1, -1)
    return next((body[:length] for length in lengths if body[:length] in _SHORT), None)
