"""A page's text read as a document: what the stages find, as a notice."""

from services.parser.document.document import Document
from services.parser.document.stages import read_stages
from services.parser.layouts.page import Page
from services.parser.version import PARSER_VERSION
from shared.notice import WITH_TEXT, Cell, Notice, Table

# (Asking the model takes longer than many a stage.)
_FIELDS = frozenset(Notice.model_fields)


def read_document(page: Page, url: str) -> Notice:
    """Everything that the page says, with evidence; only notices and laws have a number, issuers
    and a date of their own. `url` is the page's original address. Never raises.
    """
    document = Document(page, url)
    read = read_stages(document)
    evidence, warnings = read.evidence, (*page.warnings, *read.warnings)
    if page.title is not None:
        evidence = (document.title.evidence("title", 0, len(document.title)), *evidence)
    elif document.page_kind in WITH_TEXT:
        warnings = (*warnings, "title: none found")
    return Notice.model_validate(
        {
            "layout": page.layout,
            "layout_confidence": page.confidence,
            "parser_version": PARSER_VERSION,
            "title": page.title,
            "body_text": page.text.body_text,
            "tables": tuple(Table(rows=table.cells(Cell)) for table in page.text.tables),
            "redirect_to": page.redirect_to,
            "rejection": page.rejection,
            "meta": page.meta,
            **{name: value for name, value in read.found.items() if name in _FIELDS},
            "evidence": evidence,
            "warnings": tuple(dict.fromkeys(warnings)),
        }
    )
