"""Step 2 of parsing: reading a document from its text alone, as GB/T 9704 sets it out.

`read.py` calls all readers in order; `document.py` is what they get and what they give back. The
readers, as the parts of a document follow each other:

    identity/           number, issuers, date of issue, kind
    parts/              addressees, section headings, annexes, publication
    force/              from when it holds, what is due by when
    citations/          documents that it rests on or changes
    entity_lists/       persons and organisations on lists
    trade_remedies/     rates of duties
    controlled_items/   goods under export control

    spans.py            spans, trimmed and quoted
    names.py            persons and companies: 通用动力公司（General Dynamics）
    grid.py             tables with their row and column spans resolved

The words and forms of documents are in `shared.chinese`.

Readers that work on the finished document (`section_headings.py` and the `read.py` of each folder) share
one interface:

    def read(document: Document) -> Reading[Citation]: ...

It is pure, never raises, and returns the values in the order of the text, the evidence for each,
and warnings. A reader

-   gets `document.body_text` (the page's, without the spaces that editors set between Chinese
    characters and digits; `read.py` moves the evidence back) and `document.folded`, its twin of
    the same length in which full-width digits and letters are ASCII, every space is one ASCII
    space, round brackets are （）, square ones 〔〕 and colons ：; match on `folded`, quote from
    `body_text`: offsets are the same;
-   gets `document.lines` (one paragraph or table row each, with `start` and `end` in body_text),
    `document.tables` (cells with their offsets), `document.annexes` and `document.main_end` (where
    the first printed annex begins), `document.title`, `document.issued_on`, `document.issuers`,
    `document.document_number`, `document.document_type`, `document.effective_on`,
    `document.effective_at`, `document.page_kind`, all filled in before it runs;
-   says where it read a value with `document.evidence("citations[0].title", start, end)`, or with
    `title_evidence(field, start, end)` for the title: the field's path, as in the JSON output;
-   puts what it doubts into `warnings`, as ``field: what is doubtful``.

Document numbers in running text are found by `document_numbers.find_numbers(document.folded)`,
dates by `dates.find_dates(document.folded)`, instants by `dates.find_instants`.
"""
