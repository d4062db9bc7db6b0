"""The definition of a layout: how to recognise it, and where its parts are on the page."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Layout:
    """One generation of templates, as CSS selectors.

    A page has this layout if all of `marks` are found. The selectors of `title`, `body` and
    `header` are tried in order until one yields text; all nodes that a body selector finds belong
    to the body, in page order. `labels` selects the tables or lists next to the body with 索引号,
    发文字号 and similar labels. `title_variable` names the page variable that
    scripts print as the title. `confidence`, 0 to 1, is how reliable a reading with this layout is:
    lower for generations that are known only from crawlers.
    """

    name: str
    confidence: float
    marks: tuple[str, ...]
    title: tuple[str, ...]
    body: tuple[str, ...]
    header: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    # The breadcrumbs above the article; only where the meta tag `ColumnName` is the site's name.
    breadcrumb: str | None = None
    title_variable: str | None = None
    # The site's own name is in the title tag and meta tags of every page: it is not a title.
    generic_titles: frozenset[str] = frozenset()
