"""What is done to other documents, in every order of words, mood and speaker."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import NamedTuple

from services.parser.document.citations.related import CHANGES
from shared.notice import Notice, PageKind
from tests.services.parser.document.recombined.made import Made, count

# (number, relation, mood, from when, last day, authority)
Change = tuple[str, str, str, date | None, date | None, bool]
START = date(2025, 11, 10)


class Act(NamedTuple):
    """A verb: its relation, whether it stands before its documents, and whether it has a term."""

    verb: str
    relation: str
    before: bool = True
    term: bool = False


ACTS = (
    Act("废止", "repeals"),
    Act("停止执行", "repeals"),
    Act("终止实施", "repeals"),
    Act("不再执行", "repeals", before=False),
    Act("即行失效", "repeals", before=False),
    Act("暂停实施", "suspends", term=True),
    Act("继续暂停实施", "suspends", term=True),
    Act("恢复实施", "resumes"),
)
OBJECTS: dict[str, tuple[str, ...]] = {
    "商务部公告2020年第1号": ("商务部公告2020年第1号",),
    "商务部2020年第1号公告": ("商务部公告2020年第1号",),
    "商务部公告2020年第1号、第2号": ("商务部公告2020年第1号", "商务部公告2020年第2号"),
    "商务部公告2020年第1号和商务部公告2021年第2号": (
        "商务部公告2020年第1号",
        "商务部公告2021年第2号",
    ),
    "商务部公告2020年第1号（《关于做好某项工作的公告》）": ("商务部公告2020年第1号",),
    "《关于做好某项工作的公告》（商务部公告2020年第1号）、商务部公告2021年第2号": (
        "商务部公告2020年第1号",
        "商务部公告2021年第2号",
    ),
}
TERMS: dict[str, date | None] = {
    "": None,
    "至2026年11月10日": date(2026, 11, 10),
    "90天": START + timedelta(days=89),
    "一年": date(2026, 11, 9),
}
# Before the act, between it and its verb, behind the sentence: the mood that they make.
MOODS = (
    ("asserted", "", "", "。"),
    ("asserted", "根据有关规定，", "", "。"),
    ("asserted", "为做好某项工作，", "", "。"),
    ("negated", "", "不", "。"),
    ("negated", "经研究，", "并未", "。"),
    ("hypothetical", "", "拟", "。"),
    ("hypothetical", "如无异议，", "", "。"),
    ("hypothetical", "", "是否", "？"),
    ("hypothetical", "建议", "", "。"),
    ("reported", "网传", "", "系谣言。"),
    ("reported", "据报道，", "", "。"),
)
# Who says it, on what kind of page, and whether he may.
SPEAKERS: tuple[tuple[str, PageKind, bool], ...] = (
    ("商务部", "notice", True),
    ("国务院办公厅", "notice", True),
    ("甲县商务局", "notice", False),
    ("商务部新闻发言人", "interview", True),
)


def sentences() -> Iterator[Made[frozenset[Change]]]:
    for act, (objects, numbers), (mood, opening, mark, stop), speaker in product(
        ACTS, OBJECTS.items(), MOODS, SPEAKERS
    ):
        signed, kind, may = speaker
        # An answer reports the repeal that a regulation makes.
        if kind == "interview" and act.verb in ("废止", "即行失效"):
            continue
        if mark.endswith(("不", "未")) and not act.before:
            # Nobody writes 不不再执行.
            continue
        for before, (term, last) in product((True, False), TERMS.items()):
            if (before and not act.before) or (term and not act.term):
                continue
            done = f"{mark}{act.verb}"
            clause = (
                f"{done}{objects}{term}" if before else f"{objects}自2025年11月10日起{done}{term}"
            )
            start = "自2025年11月10日起，" if before else ""
            changes = frozenset(
                (number, act.relation, "asserted", START, last, may)
                if mood == "asserted"
                else (number, "mentions", mood, None, None, True)
                for number in numbers
            )
            yield Made(
                f"{opening}{start}{clause}{stop}",
                changes,
                "citations",
                "关于有关事项的公告",
                signed,
                kind,
            )


# Between two acts, and the moods of the first that end there.
JOINERS = (
    ("，同时", ("asserted", "negated")),
    ("，", ("asserted", "negated")),
    ("；", ("asserted", "negated", "hypothetical")),
    ("。", ("asserted", "negated", "hypothetical", "reported")),
    ("；同时", ("asserted", "negated", "hypothetical")),
)
FIRST, SECOND = "商务部公告2020年第1号", "商务部公告2021年第2号"


def pairs() -> Iterator[Made[frozenset[Change]]]:
    """Two acts in one sentence or in two, each in its own mood: every second verb with every other."""
    for one, other, (joiner, ending) in product(ACTS[::2], ACTS[1::2], JOINERS):
        for (mood, opening, mark, stop), (second, _, second_mark, _) in product(MOODS, MOODS):
            if mood not in ending or second not in ("asserted", "negated") or stop != "。":
                continue
            for before, behind in product((True, False), repeat=2):
                if (before and not one.before) or (behind and not other.before):
                    continue
                if (mark and not one.before) or (second_mark and not other.before):
                    continue
                parts = [
                    f"{opening}{_act(one, FIRST, mark, before)}",
                    _act(other, SECOND, second_mark, behind),
                ]
                done = frozenset(
                    (number, act.relation, "asserted", START, None, True)
                    if said == "asserted"
                    else (number, "mentions", said, None, None, True)
                    for number, act, said in ((FIRST, one, mood), (SECOND, other, second))
                )
                yield Made(f"{joiner.join(parts)}。", done, "citations")


def _act(act: Act, number: str, mark: str, before: bool) -> str:
    if before:
        return f"自2025年11月10日起{mark}{act.verb}{number}"
    return f"{number}自2025年11月10日起{mark}{act.verb}"


def changes(one: Notice) -> frozenset[Change]:
    found = set()
    for cited in one.citations:
        if cited.document_number is None:
            continue
        last = (cited.until - timedelta(days=1)).date() if cited.until else None
        since = cited.since.date() if cited.since else None
        relation = cited.relation if cited.relation in CHANGES else "mentions"
        found.add((cited.document_number, relation, cited.mood, since, last, cited.authority))
    return frozenset(found)


def test_of_two_acts_each_has_its_own_mood() -> None:
    made = list({one.text: one for one in pairs()}.values())
    outcomes, silent = count(made, changes)

    assert len(made) > 2_000
    assert silent == []
    assert outcomes["right"] / len(made) > 0.9, outcomes


def test_sentences_are_read_right_or_flagged() -> None:
    made = list(sentences())
    outcomes, silent = count(made, changes)

    assert len(made) > 2_000
    assert silent == []
    assert outcomes["right"] / len(made) > 0.9, outcomes
