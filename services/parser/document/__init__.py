"""Step 2 of parsing: reading a document from its text alone, as GB/T 9704 sets it out.

    document.py         the texts of a page, and what has been read of them
    stages.py           the order of reading: a table of stages, and the fold over it
    read.py             all stages, as a notice

    identity/           number, issuers, date of issue, kind
    parts/              addressees, section headings, annexes, publication
    foreign/            pages in other languages, in place of all the others
    force/              from when it holds, what is due by when
    citations/          documents that it rests on or changes
    entity_lists/       persons and organisations on lists
    trade_remedies/     rates of duties
    controlled_items/   goods under export control
    unread/             what stands in the text and was read for none of these
    doubts/             values that the words around them speak against

    authority.py        whether a page can change what others have issued
    reported.py         whether a passage reports an earlier document
    names.py            persons and companies: 通用动力公司（General Dynamics）
    field_names.py      names of fields in evidence
    customs_codes.py    税则号列 behind a label
    grid.py             tables with their row and column spans resolved

The words and forms of documents are in `shared.chinese`.

A stage reads one thing:

    def read(document: Document) -> Reading[tuple[Citation, ...]]: ...

It is pure and never raises; it returns what it found, the evidence for each value and what is
doubtful, as ``field: what is doubtful``. It matches on `document.body.folded` and quotes from
`document.body.raw`, which share their offsets (`shared.chinese.text.Text`); `document.title` is a text,
too. It says where it read a value with `text.evidence("citations[0].title", start, end)`: the field's path
is that of the JSON output. What earlier stages found is in the document's fields (`document.issued_on`); to
ask for what a later one will find is an error.
"""
