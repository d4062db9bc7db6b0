"""One mention of a document, by title, by number or by both."""

from typing import NamedTuple

from shared.chinese.document_numbers import DocumentNumber
from shared.chinese.titles import is_document_title


class Reference(NamedTuple):
    """One mention of a document: its title, its number or both, each with its span in the text.

    `start` to `end` holds both and the brackets behind them; `alias` is what the text calls the
    document from here on; `inner` are the titles that stand within the title.
    """

    start: int
    end: int
    title: str | None = None
    title_start: int = 0
    title_end: int = 0
    number: DocumentNumber | None = None
    number_start: int = 0
    number_end: int = 0
    alias: str | None = None
    doubt: str | None = None
    inner: tuple["Reference", ...] = ()

    @property
    def is_document(self) -> bool:
        """Whether it is by number or by a title that ends as documents' titles do."""
        return self.number is not None or is_document_title(self.title or "")
