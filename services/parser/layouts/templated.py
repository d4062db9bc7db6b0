"""A page read with one of the site's layouts."""

from selectolax.lexbor import LexborHTMLParser

from services.parser.layouts.attachments import BEHIND_THE_TEXT, read_attachments
from services.parser.layouts.content import read_content
from services.parser.layouts.header import header_line
from services.parser.layouts.labels import information_tables, label_lists, read_labels
from services.parser.layouts.layout import Layout
from services.parser.layouts.metas import joined
from services.parser.layouts.outermost import marked
from services.parser.layouts.page import Page
from services.parser.layouts.rendering import plain, render
from services.parser.layouts.titles import page_title

# 索引号, with or without spaces
_INDEX = "引"


def read_templated(
    tree: LexborHTMLParser,
    layout: Layout,
    url: str,
    metas: dict[str, str],
    variables: dict[str, str],
) -> Page:
    """All parts of a page that `layout` has selectors for; `url` is the page's original URL."""
    titles = list(marked(tree, layout.title))
    headers = list(marked(tree, layout.header))
    besides = {node.mem_id for node in (*titles, *headers)}
    blocks, text = read_content(tree, layout, besides)
    meta = joined(metas, variables)
    label_nodes = [node for selector in layout.labels for node in tree.css(selector)]
    label_nodes = label_nodes or label_lists(tree, blocks)
    if _INDEX in text.body_text and (inside := information_tables(blocks)):
        label_nodes += inside
        text = render(blocks, besides | {node.mem_id for node in inside})
    for name, value in read_labels(label_nodes).items():
        meta.setdefault(name, value)
    path = tree.css_first(layout.breadcrumb) if layout.breadcrumb else None
    if path is not None:
        meta["breadcrumb"] = plain(path)
    header = header_line(headers)
    if header:
        meta["header"] = header
    files = read_attachments([*blocks, *tree.css(BEHIND_THE_TEXT)], url, tree.css("script"))
    return Page(
        layout.name,
        layout.confidence,
        title=page_title(tree, layout, metas, variables, titles),
        text=text,
        meta=meta,
        attachments=files.attachments,
        warnings=files.warnings,
    )
