"""What a layout is: how it is recognised, and where on the page its parts stand."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Layout:
    """One generation of templates, as CSS selectors.

    A page has this layout when all of `marks` are found. `title`, `body` and `header` are tried in
    order until one holds text; all nodes that a body selector finds belong to the body, in page
    order. `labels` finds the tables or lists beside the body that print 索引号, 发文字号 and their
    like. `title_variable` and `time_variable` name the page variables that scripts print.
    `confidence` is how sure the reading is once the marks are found, 0 to 1: lower for generations
    that are known from crawlers only.
    """

    name: str
    confidence: float
    marks: tuple[str, ...]
    title: tuple[str, ...]
    body: tuple[str, ...]
    header: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    # The path of links above the article; only where the meta `ColumnName` is the site's name.
    breadcrumb: str | None = None
    title_variable: str | None = None
    time_variable: str | None = None
    # The site's own name stands in the title tag and metas of every page: no title at all.
    generic_titles: frozenset[str] = frozenset()
