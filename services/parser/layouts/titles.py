"""The page's own title, from the first place that holds one."""

from selectolax.lexbor import LexborHTMLParser, LexborNode

from services.parser.layouts import generic
from services.parser.layouts.layout import Layout
from services.parser.layouts.metas import is_garbled
from services.parser.layouts.rendering import plain, tidy


def page_title(
    tree: LexborHTMLParser,
    layout: Layout | None,
    metas: dict[str, str],
    variables: dict[str, str],
    heading: LexborNode | None = None,
) -> str | None:
    """The visible title, else the page variable's, else the meta's, else the title tag's without
    the site's name; `heading` is what stands for the visible title on a page of no known layout.
    None when all are missing, lost on the way or the site's own name.
    """
    seen = [
        plain(node) for selector in (layout.title if layout else ()) for node in tree.css(selector)
    ]
    if layout and layout.title_variable:
        seen.append(variables.get(layout.title_variable, ""))
    seen.append(metas.get("ArticleTitle", ""))
    if heading is not None:
        seen.append(plain(heading))
    title_tag = tree.css_first("title")
    seen.append(generic.without_site_name(title_tag.text()) if title_tag else "")
    for title in seen:
        # An ideographic space parts the halves of a title; to a reader of lists it is a space.
        clean = tidy(" ".join(title.replace("\u3000", " ").split()))
        if clean and not is_garbled(clean) and not (layout and clean in layout.generic_titles):
            return clean
    return None
