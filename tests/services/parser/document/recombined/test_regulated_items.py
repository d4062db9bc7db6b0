"""What is done with goods, in every order of words, country, mood and mouth."""

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from shared.notice import Notice
from tests.services.parser.document.recombined.made import Made, count

# (name, direction, country, measure, customs codes)
Item = tuple[str, str | None, str | None, str | None, tuple[str, ...]]


class Rule(NamedTuple):
    """A clause that regulates goods; `{goods}` and `{to}`, a country with its preposition, stand in it.

    `{no}` is where a negation stands.
    """

    clause: str
    direction: str
    measure: str
    country: str | None = None


RULES = (
    Rule("{no}禁止自缅甸进口{goods}", "import", "ban", "缅甸"),
    Rule("{no}暂停进口原产于缅甸的{goods}", "import", "ban", "缅甸"),
    Rule("{no}禁止进口{goods}", "import", "ban"),
    Rule("{no}禁止对缅甸出口{goods}", "export", "ban", "缅甸"),
    Rule("{no}暂停{goods}对缅甸出口", "export", "ban", "缅甸"),
    Rule("{no}禁止{goods}出口", "export", "ban"),
    Rule("对{goods}{no}实施出口管制", "export", "licence"),
    Rule("对{goods}{no}实行出口许可证管理", "export", "licence"),
    Rule("将{goods}{no}纳入出口管制", "export", "licence"),
    Rule("原则上{no}不予许可{goods}对缅甸出口", "export", "denial", "缅甸"),
)
GOODS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "松节油": (("松节油", ()),),
    "松节油（海关商品编号：3805100000）": (("松节油", ("3805100000",)),),
    "松节油（海关商品编号：3805100000、3805901000）": (("松节油", ("3805100000", "3805901000")),),
    "松节油（海关商品编号：3805100000）和樟脑油（海关商品编号：3301299910）": (
        ("松节油", ("3805100000",)),
        ("樟脑油", ("3301299910",)),
    ),
    "松节油、樟脑油": (("松节油", ()), ("樟脑油", ())),
    "松节油（海关商品编号：3805100000）以及樟脑油": (("松节油", ("3805100000",)), ("樟脑油", ())),
}
# Before the clause, its negation, behind it, and whether it is done.
MOODS = (
    ("决定", "", "。", True),
    ("经国务院批准，决定", "", "。", True),
    ("自2025年12月1日起，", "", "。", True),
    ("一、", "", "。", True),
    ("决定", "不", "。", False),
    ("", "并未", "。", False),
    ("拟", "", "。", False),
    ("如无异议，将", "", "。", False),
    ("建议", "", "。", False),
    ("据报道，", "", "。", False),
    ("网传", "", "系谣言。", False),
    ("美国商务部宣布", "", "。", False),
    ("是否", "", "？", False),
)
TITLE = "关于实施进出口管制有关事项的公告"


def sentences() -> Iterator[Made[frozenset[Item]]]:
    for rule, (goods, named), (before, negation, stop, done) in product(
        RULES, GOODS.items(), MOODS
    ):
        if negation and rule.measure == "denial":
            # 不不予许可 is written by nobody.
            continue
        if before == "是否" and rule.clause.startswith(("对", "将", "原则上")):
            continue
        items = frozenset(
            (name, rule.direction, rule.country, rule.measure, codes) for name, codes in named
        )
        yield Made(
            f"{before}{rule.clause.format(no=negation, goods=goods)}{stop}",
            items if done else frozenset(),
            "regulated_items",
            TITLE,
        )


def pairs() -> Iterator[Made[frozenset[Item]]]:
    """Two clauses in one sentence or in two, each with its own goods, direction and country."""
    first, second = "松节油（海关商品编号：3805100000）", "樟脑油（海关商品编号：3301299910）"
    for one, other, joiner in product(RULES, RULES, ("，", "；", "。", "，并")):
        clauses = [
            rule.clause.format(no="", goods=goods)
            for rule, goods in ((one, first), (other, second))
        ]
        yield Made(
            f"决定{joiner.join(clauses)}。",
            frozenset(
                {
                    ("松节油", one.direction, one.country, one.measure, ("3805100000",)),
                    ("樟脑油", other.direction, other.country, other.measure, ("3301299910",)),
                }
            ),
            "regulated_items",
            TITLE,
        )


def items(one: Notice) -> frozenset[Item]:
    return frozenset(
        (
            item.name,
            item.direction,
            item.destination,
            item.measure,
            tuple(code.code for code in item.hs_codes),
        )
        for item in one.regulated_items
    )


def test_goods_are_read_right_or_flagged() -> None:
    made = list(sentences())
    outcomes, silent = count(made, items)

    assert len(made) > 600
    assert silent == []
    assert outcomes["right"] / len(made) > 0.9, outcomes


def test_of_two_clauses_each_has_its_own_goods() -> None:
    made = list(pairs())
    outcomes, silent = count(made, items)

    assert len(made) == 4 * len(RULES) ** 2
    assert silent == []
    assert outcomes["right"] / len(made) > 0.9, outcomes
