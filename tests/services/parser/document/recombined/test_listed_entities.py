"""Who is put on a list, taken off it or spared its measures, in every order of words, mood and mouth."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import NamedTuple

from shared.notice import Notice, PageKind
from tests.services.parser.document.recombined.made import Made, count

# (list, action, name, from when, last day)
Entry = tuple[str, str, str, date | None, date | None]
START = date(2025, 11, 10)


class Act(NamedTuple):
    """A clause with `{names}`, `{list}`, the place `{no}` of a negation and `{term}` of a term."""

    clause: str
    action: str
    term: bool = False


ACTS = (
    Act("{no}将{names}列入{list}", "add"),
    Act("将{names}{no}列入{list}", "add"),
    Act("将{names}{no}移出{list}", "remove"),
    Act("将{names}{no}从{list}中移出", "remove"),
    Act("{no}停止对{names}实施{list}措施", "remove"),
    Act("{no}停止对{names}采取的{list}措施", "remove"),
    Act("{no}暂停对{names}采取的{list}措施{term}", "suspend", term=True),
    Act("{no}继续暂停对{names}实施的{list}措施{term}", "suspend", term=True),
    Act("{no}恢复对{names}采取的{list}措施", "resume"),
)
NAMES: dict[str, tuple[str, ...]] = {
    "甲科技公司": ("甲科技公司",),
    "甲科技公司（Alpha Inc.）": ("甲科技公司",),
    "甲科技公司、乙研究所": ("甲科技公司", "乙研究所"),
    "甲科技公司（Alpha Inc.）和乙研究所（Beta Institute）": ("甲科技公司", "乙研究所"),
    "甲科技公司（Alpha Inc.）、乙研究所等2家实体": ("甲科技公司", "乙研究所"),
}
LISTS = ("不可靠实体清单", "出口管制管控名单")
TERMS: dict[str, date | None] = {
    "": None,
    "90天": START + timedelta(days=89),
    "1年": date(2026, 11, 9),
    "至2026年11月10日": date(2026, 11, 10),
}
FROM = "自2025年11月10日起，"
# Before the act, its negation, behind the sentence, and whether it is done.
MOODS = (
    (f"决定{FROM}", "", "。", True),
    (FROM, "", "。", True),
    (f"为维护国家安全，{FROM}", "", "。", True),
    (f"{FROM}中方", "", "。", True),
    (f"根据有关规定，商务部决定，{FROM}", "", "。", True),
    ("决定", "不", "。", False),
    ("经审查，", "并未", "。", False),
    ("拟", "", "。", False),
    ("如甲国一意孤行，中方决定", "", "。", False),
    ("若不改正，商务部将决定", "", "。", False),
    ("建议", "", "。", False),
    ("据报道，商务部决定", "", "。", False),
    ("网传商务部决定", "", "系谣言。", False),
)
# Who says it: a notice lists, an answer only suspends, resumes and ends.
SPEAKERS: tuple[tuple[str, PageKind, bool], ...] = (
    ("商务部", "notice", True),
    ("甲县商务局", "notice", False),
    ("商务部新闻发言人", "interview", True),
)


def sentences() -> Iterator[Made[frozenset[Entry]]]:
    for act, (names, named), name, (before, negation, stop, done), speaker in product(
        ACTS, NAMES.items(), LISTS, MOODS, SPEAKERS
    ):
        signed, kind, may = speaker
        if negation == "并未" and act.clause.startswith("将"):
            continue
        for term, last in TERMS.items():
            if term and not (act.term and done):
                continue
            clause = act.clause.format(names=names, list=name, no=negation, term=term)
            does = done and may and not (kind == "interview" and act.action == "add")
            yield Made(
                f"{before}{clause}{stop}",
                frozenset((name, act.action, one, START, last) for one in named)
                if does
                else frozenset(),
                "listed_entities",
                "关于调整有关名单的公告",
                signed,
                kind,
            )


def pairs() -> Iterator[Made[frozenset[Entry]]]:
    """Two acts in one sentence or in two."""
    for one, other, joiner in product(ACTS, ACTS, ("，", "；", "。", "，并", "；同时")):
        clauses = [
            act.clause.format(names=names, list=LISTS[0], no="", term="")
            for act, names in ((one, "甲科技公司（Alpha Inc.）"), (other, "乙研究所"))
        ]
        clauses[1] = ("自2025年11月10日起，" if joiner == "。" else "") + clauses[1]
        yield Made(
            f"决定{FROM}{joiner.join(clauses)}。",
            frozenset(
                {
                    (LISTS[0], one.action, "甲科技公司", START, None),
                    (LISTS[0], other.action, "乙研究所", START, None),
                }
            ),
            "listed_entities",
            "关于调整有关名单的公告",
        )


def goings_on() -> Iterator[Made[frozenset[Entry]]]:
    """What is planned or reported goes on in the next part; that something is not done does not."""
    undone = [mood for mood in MOODS if not mood[3]]
    for act, (before, negation, _, _), joiner in product(ACTS, undone, ("；同时", "。同时")):
        if negation == "并未" and act.clause.startswith("将"):
            continue
        clause = act.clause.format(names="甲科技公司", list=LISTS[0], no=negation, term="")
        yield Made(
            f"{before}{clause}{joiner}将乙研究所列入{LISTS[0]}。",
            frozenset({(LISTS[0], "add", "乙研究所", None, None)} if negation else ()),
            "listed_entities",
            "关于调整有关名单的公告",
        )


def test_what_goes_on_from_an_act_that_is_only_planned_lists_nobody() -> None:
    made = list(goings_on())
    _, silent = count(made, entries)

    assert len(made) > 100
    assert silent == []


def entries(one: Notice) -> frozenset[Entry]:
    return frozenset(
        (
            entry.list,
            entry.action,
            entry.name_zh or entry.name_latin or "",
            entry.effective_on,
            (entry.until - timedelta(days=1)).date() if entry.until else None,
        )
        for entry in one.listed_entities
    )


def test_lists_are_read_right_or_flagged() -> None:
    made = list(sentences())[::4]
    outcomes, silent = count(made, entries)

    assert len(made) > 900
    assert silent == []
    assert outcomes["right"] / len(made) > 0.9, outcomes


def test_of_two_acts_each_has_its_own_names() -> None:
    made = list(pairs())
    outcomes, silent = count(made, entries)

    assert len(made) == 5 * len(ACTS) ** 2
    assert silent == []
    assert outcomes["right"] / len(made) > 0.8, outcomes
