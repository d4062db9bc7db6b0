"""Step 1 of parsing: extracts structured text from a page, whatever its template.

Contents, in the order in which layouts are tried (`choose.py`):

    rejections.py, redirect.py  pages that are not documents
    exportcontrol.py            exportcontrol.mofcom.gov.cn, 2021-
    jpaas_gkml.py               the open-government catalogue, 2023-
    article_2018.py             www.mofcom.gov.cn, 2017-2020
    jpaas_2024.py               www.mofcom.gov.cn and ministry hosts, 2023-
    article_2020.py             www.mofcom.gov.cn, 2020-2023
    article_2013.py             www.mofcom.gov.cn, 2013-2017
    policy_library.py           policy.mofcom.gov.cn
    listing.py                  column pages
    generic.py                  any other page

A layout of the site is a `Layout` value (`layout.py`): the selectors that identify it and those of
its parts. `hidden.py` takes out of a page what no reader sees; `templated.py` reads a page with a
layout, `untemplated.py` a page without one. Both use `content.py` (which blocks), `outermost.py`,
`rendering.py` (blocks to text), `furniture.py` (lines that are the site's), `titles.py`, `header.py`,
`labels.py`, `metas.py`, `links.py` and `attachments.py`, and return a `Page` (`page.py`). Nothing here
interprets the text: this package does not know what a document number is.

To add a layout, write a file like `article_2018.py`, add its name to `LAYOUTS` in `choose.py`, and
a page to `tests/services/parser/golden/`.
"""
