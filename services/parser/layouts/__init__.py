"""Step 1 of parsing: a page taken apart into text with structure, whatever its template.

Contents, in the order in which they are tried (`choose.py`):

    refusals.py, redirect.py    pages that are no document
    exportcontrol.py            exportcontrol.mofcom.gov.cn, 2021-
    jpaas_gkml.py               the open-government catalogue, 2023-
    article_2018.py             www.mofcom.gov.cn, 2017-2020
    jpaas_2024.py               www.mofcom.gov.cn and ministry hosts, 2023-
    article_2020.py             www.mofcom.gov.cn, 2020-2023
    article_2013.py             www.mofcom.gov.cn, 2013-2017
    policy_library.py           policy.mofcom.gov.cn
    listing.py                  column pages
    generic.py                  any other page

A layout of the site is a `Layout` value (`layout.py`): its marks and where its parts stand;
`templated.py` reads a page with it, `untemplated.py` one without. What they share is in
`content.py` (which blocks), `outermost.py`, `rendering.py` (blocks to text), `titles.py`, `header.py`, `labels.py`,
`metas.py` and `attachments.py`; what comes out is a `Page` (`page.py`). Nothing here knows what a
document number is.

A new layout is a file like `article_2018.py`, its name in `LAYOUTS` of `choose.py`, and a page in
`tests/services/parser/golden/`.
"""
