"""A reference with its relation: what `relations.py`, `anaphora.py` and `explained.py` yield."""

from typing import NamedTuple

from services.parser.document.citations.periods import Edge
from shared.chinese.form import Found
from shared.chinese.moods import ASSERTED, Stance
from shared.chinese.references.reference import Reference
from shared.chinese.text import Span
from shared.notice import Relation

# Strongest last; a document that is named twice keeps the strongest.
STRENGTH: tuple[Relation, ...] = (
    "mentions",
    "basis",
    "explains",
    "corrects",
    "extends",
    "amends",
    "resumes",
    "suspends",
    "repeals",
)
CHANGES: frozenset[Relation] = frozenset(STRENGTH[3:])


_RELATIONS: dict[str, Relation] = {relation: relation for relation in STRENGTH}


def relation_of(form: Found) -> Relation:
    """The relation that a form of `verbs.py` is named for."""
    return _RELATIONS[form.name]


class Related(NamedTuple):
    """A reference and its relation; `verb` is where the relation was read, `span` that of the list of
    references it governs, `lead` the line that opens their list; `reported` when the text reports
    what another document published; `times` from when until when, where the statement says so that the
    relation was read from. A change that is not done `mentions` its document, and `within` is the
    title that its verb stands in; `stance` says in which way and by which words.
    """

    reference: Reference
    relation: Relation
    verb: Span | None = None
    span: Span | None = None
    lead: Span | None = None
    reported: bool = False
    verb_text: str = ""
    times: tuple[Edge | None, Edge | None] | None = None
    within: Span | None = None
    stance: Stance = ASSERTED

    def undone(self, stance: Stance) -> "Related":
        """The mention that is left of a change that the text does not do."""
        return self._replace(relation="mentions", stance=stance)
