"""A sentence made from parts, and how it was read: right, flagged (a warning or unread words say that it may
be wrong), or wrong in silence, which is the defect.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from services.parser.document.read import read_document
from services.parser.layouts.page import Page, PageText
from shared.notice import Notice, PageKind

Outcome = Literal["right", "flagged", "wrong"]
T = TypeVar("T")


@dataclass(frozen=True)
class Made(Generic[T]):
    """A page of one sentence, and what is right of it; `field` is the field of the notice it is about."""

    text: str
    expected: T
    field: str
    title: str = "关于有关事项的公告"
    signed: str = "商务部"
    kind: PageKind = "notice"
    url: str = "https://www.mofcom.gov.cn/zwgk/zcfb/art/2025/art_0.html"

    def read(self) -> Notice:
        """The page as the parser reads it: an announcement of 2025-11-03, or an interview of that day."""
        if self.kind == "interview":
            text, title = f"问：有何安排？\n答：{self.text}", "商务部新闻发言人就有关问题答记者问"
        else:
            text, title = f"{self.text}\n{self.signed}\n2025年11月3日", self.title
        meta = {"PubDate": "2025-11-03 22:00"}
        return read_document(Page("test", 1.0, self.kind, title, PageText(text), meta), self.url)


def judged(made: Made[T], value: Callable[[Notice], T]) -> Outcome:
    """How a sentence was read: `value` is what the notice says of what is expected."""
    one = made.read()
    if value(one) == made.expected:
        return "right"
    warned = any(warning.startswith(made.field) for warning in one.warnings)
    # Words of the title that are not read say nothing of the sentence.
    unread = any(words.source == "body_text" for words in one.unread)
    return "flagged" if warned or unread else "wrong"


def count(
    many: Iterable[Made[T]], value: Callable[[Notice], T]
) -> tuple[Counter[Outcome], list[str]]:
    """How many sentences had each outcome, and those that are wrong in silence."""
    outcomes: Counter[Outcome] = Counter()
    silent: list[str] = []
    for made in many:
        outcome = judged(made, value)
        outcomes[outcome] += 1
        if outcome == "wrong":
            silent.append(f"{made.kind} {made.signed}: {made.text} {value(made.read())}")
    return outcomes, silent
