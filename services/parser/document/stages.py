"""The order in which a document is read: a table of stages, and the fold over it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from services.parser.document.citations.read import read as read_citations
from services.parser.document.controlled_items.read import read as read_regulated_items
from services.parser.document.document import CHINESE, Document, Reading
from services.parser.document.doubts.read import read as read_doubts
from services.parser.document.entity_lists.read import read as read_listed_entities
from services.parser.document.force import effect, end
from services.parser.document.force.deadlines.read import read as read_deadlines
from services.parser.document.foreign import dates, language, source, translated
from services.parser.document.foreign import kind as foreign_kind
from services.parser.document.identity import (
    history,
    issued_on,
    issuers,
    kind,
    label_block,
    masthead,
    number,
    signature,
)
from services.parser.document.parts import (
    addressees,
    annexes,
    attachments,
    publication,
    section_headings,
)
from services.parser.document.trade_remedies import undertakings
from services.parser.document.trade_remedies.read import read as read_duty_rates
from services.parser.document.trade_remedies.stage import Remedy, read_stage
from services.parser.document.trade_remedies.stage import read as read_remedy
from services.parser.document.unread import accounts
from shared.notice import ACTS, WITH_TEXT, Evidence, PageKind


@dataclass(frozen=True)
class Stage:
    """One step of reading. What `read` finds becomes `Document.<name>`; a stage that a page's kind
    does not have leaves `otherwise` there, and so does one that a kind has on a page in another
    language. `foreign` reads those in its place. Both are pure and never raise.
    """

    name: str
    read: Callable[[Document], Reading[object]]
    kinds: frozenset[PageKind] | None = None
    otherwise: object = None
    foreign: Callable[[Document], Reading[object]] | None = None

    def reader(self, document: Document) -> Callable[[Document], Reading[object]] | None:
        """What reads this stage of a document; None where it has no such stage."""
        if self.kinds is not None and document.page_kind not in self.kinds:
            return None
        if document.language == CHINESE:
            return self.read
        return self.foreign or (self.read if self.kinds is None else None)


STAGES: tuple[Stage, ...] = (
    Stage("language", language.read),
    Stage("label_block", label_block.read),
    Stage("masthead", masthead.read),
    Stage("history", history.read),
    Stage("number", number.read),
    Stage("signature", signature.read),
    Stage("page_kind", kind.read_page_kind, foreign=foreign_kind.read),
    Stage("published_at", publication.read_published_at, foreign=dates.read_published_at),
    Stage("issued_on", issued_on.read, ACTS, foreign=dates.read_issued_on),
    Stage("issuers", issuers.read, ACTS, ()),
    Stage("signatories", signature.read_signatories, ACTS, ()),
    Stage("full_number", number.read_full, ACTS),
    Stage("document_number", number.read_canonical, ACTS),
    Stage("document_number_parts", number.read_parts, ACTS),
    Stage("document_number_raw", number.read_printed, ACTS),
    Stage("document_type", kind.read_document_type, ACTS),
    Stage("addressees", addressees.read, ACTS, ()),
    Stage("printed_annexes", annexes.read, ACTS, ()),
    Stage("annexes", annexes.read_annexes, ACTS, ()),
    Stage("effect", effect.read, ACTS, effect.Effect()),
    Stage("effective_on", effect.read_day, ACTS),
    Stage("effective_at", effect.read_instant, ACTS),
    Stage("ends", end.read, ACTS, ()),
    Stage("last_day", end.read_day, ACTS),
    Stage("department", publication.read_department, ACTS),
    Stage("section_heads", section_headings.read, WITH_TEXT, ()),
    Stage("citations", read_citations, WITH_TEXT, ()),
    Stage("deadlines", read_deadlines, WITH_TEXT - {"news"}, ()),
    Stage("listed_entities", read_listed_entities, ACTS | {"interview"}, ()),
    Stage("regulated_items", read_regulated_items, ACTS, ()),
    Stage("remedy", read_remedy, ACTS, Remedy()),
    Stage("remedy_stage", read_stage, ACTS),
    Stage("duty_rates", read_duty_rates, ACTS, ()),
    Stage("undertakings", undertakings.read, ACTS, ()),
    Stage("translation_of", translated.read),
    Stage("source", publication.read_source, foreign=source.read),
    Stage("column", publication.read_column),
    Stage("validity", publication.read_validity),
    Stage("index_number", publication.read_index_number),
    Stage("attachments", attachments.read),
    # Last: they account for what the others have read.
    Stage("accounts", accounts.read, ACTS | {"interview"}, accounts.Accounted()),
    Stage("unread", accounts.read_unread),
    Stage("doubt", accounts.read_doubt),
    Stage("doubts", read_doubts, ACTS | {"interview"}),
)


@dataclass(frozen=True)
class Read:
    """What some stages found, each by its name, where, and what is doubtful."""

    found: Mapping[str, object]
    evidence: tuple[Evidence, ...]
    warnings: tuple[str, ...]


def read_stages(document: Document, last: str | None = None) -> Read:
    """All stages in order, or those up to the one named `last`.

    Raises ValueError when no stage is called so.
    """
    found: dict[str, object] = {}
    evidence: list[Evidence] = []
    warnings: list[str] = []
    document.evidence = evidence
    for stage in STAGES:
        read = stage.reader(document)
        if read is None:
            found[stage.name] = stage.otherwise
        else:
            reading = read(document)
            found[stage.name] = reading.value
            evidence += reading.evidence
            warnings += reading.warnings
        setattr(document, stage.name, found[stage.name])
        if stage.name == last:
            break
    else:
        if last is not None:
            raise ValueError(f"no stage is called {last}: {[stage.name for stage in STAGES]}")
    return Read(found, tuple(evidence), tuple(warnings))
