"""Where a trade-remedy case stands by a notice: from the initiation to the end of a duty.

反倾销条例, 反补贴条例 and 保障措施条例: an investigation is initiated (立案), a preliminary ruling may have
deposits paid (保证金), a final one has a duty levied or not, an exporter may undertake a price (价格承诺).
"""

from typing import NamedTuple, get_args

from services.parser.document.document import Document, Reading
from services.parser.document.reported import is_reported
from services.parser.document.trade_remedies.stage_forms import (
    DECISIONS,
    ELSEWHERE,
    REMEDY,
    TITLES,
)
from shared.chinese.moods import is_done
from shared.chinese.sentences import part_start
from shared.chinese.text import Passage
from shared.notice import RemedyStage

_FIELD = "remedy_stage"
_STAGES: dict[str, RemedyStage] = {stage: stage for stage in get_args(RemedyStage)}
_ORDER = tuple(dict.fromkeys(form.name for form in DECISIONS.forms))
_BARE_TITLE = 20
# A page of nothing else must not hold up the worker.
_MOST = 300
# A preliminary ruling levies nothing but deposits.
_PRELIMINARY = ("deposit", "none levied")


class Remedy(NamedTuple):
    """The stage, and the words that say so."""

    stage: RemedyStage | None = None
    words: Passage | None = None
    warnings: tuple[str, ...] = ()


def read(document: Document) -> Reading[Remedy]:
    """Where the case stands; `Remedy()` for a notice on no trade remedy, or on one whose stage it
    does not change (an investigation that is prolonged).

    What an earlier notice decided, and what would be decided, is no stage of this one.
    """
    title = document.title.folded
    if not REMEDY.search(title) and not _is_old(document):
        return Reading(Remedy())
    named = next(TITLES.ranked(title), None)
    if named is not None and named.name in _STAGES:
        words = Passage(document.title, named.start, named.end)
        return Reading(Remedy(_STAGES[named.name], words))
    done = _decisions(document)
    order = _PRELIMINARY if named is not None and named.name == "preliminary" else _ORDER
    stage = next((stage for stage in order if stage in done), None)
    if stage is None:
        return Reading(Remedy())
    doubts: tuple[str, ...] = ()
    if stage == "duty" and "undertaking" in done:
        doubts = (f"{_FIELD}: a price undertaking is accepted as well",)
    return Reading(Remedy(_STAGES[stage], done[stage], doubts))


def read_stage(document: Document) -> Reading[RemedyStage | None]:
    """The stage, as a field of the notice."""
    stage, words, warnings = document.remedy
    return Reading(stage, (words.evidence(_FIELD),) if words else (), warnings)


def _decisions(document: Document) -> dict[str, Passage]:
    """What the main text decides, each stage with the first words that do."""
    folded = document.body.folded
    found: dict[str, Passage] = {}
    at, end = 0, document.main_end
    for _ in range(_MOST):
        form = DECISIONS.search(folded, at, end)
        if form is None:
            break
        # Within the words of what is not done another verb may be: “配额外加征关税”的形式采取保障措施.
        at = form.start + 1
        if form.name in found or is_reported(document, form.start):
            continue
        if ELSEWHERE.search(folded, part_start(folded, form.start), form.start):
            continue
        if is_done(folded, form.start, form.end):
            found[form.name] = Passage(document.body, form.start, form.end)
            at = form.end
    return found


def _is_old(document: Document) -> bool:
    """公告 alone, or with its number, is the title of many old notices."""
    return len(document.title) < _BARE_TITLE and bool(
        REMEDY.search(document.body.folded, 0, document.main_end)
    )
