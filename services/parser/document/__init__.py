"""Step 2 of parsing: reading a document from its text alone, as GB/T 9704 sets it out.

Contents:

    document.py       `Document`, `Line`, `Reading`: what readers get and what they give back
    characters.py     folding that keeps offsets
    numerals.py       六十七, 二〇二六
    dates.py          dates and instants as they are printed
    organs.py         names of bodies and their short names (data)
    issuers.py        发文机关: recognising and splitting bodies
    number_forms.py   发文字号 wherever one is mentioned, and its canonical form
    head.py           the lines before the first paragraph
    number.py         the document's own 发文字号
    label_block.py    【发布单位】【发布文号】【发文日期】
    addressees.py     主送机关
    signature.py      署名 and 成文日期
    issued_by.py      发文机关, from all that names them
    annexes.py        附件 printed behind the signature
    heads.py          一、二、三
    effect.py         施行日期
    kind.py           page kind and document type
    publication.py    时间 and 来源 around the document
    read.py           all of them, in order, to a `Notice`

Readers that work on the finished document (citations.py, deadlines.py, listed_entities.py,
regulated_items.py, duty_rates.py) share one interface:

    def read(document: Document) -> Reading[Citation]: ...

It is pure, never raises, and returns the values in the order of the text, the evidence for each,
and warnings. A reader

-   gets `document.body_text` and `document.folded`, its twin of the same length in which
    full-width digits and letters are ASCII, every space is one ASCII space, round brackets are
    （）, square ones 〔〕 and colons ：; match on `folded`, quote from `body_text`: offsets are the
    same;
-   gets `document.lines` (one paragraph or table row each, with `start` and `end` in body_text),
    `document.tables` (cells with their offsets), `document.annexes` and `document.main_end` (where
    the first printed annex begins), `document.title`, `document.issued_on`, `document.issuers`,
    `document.document_number`, `document.document_type`, `document.effective_on`,
    `document.effective_at`, `document.page_kind`, all filled in before it runs;
-   says where it read a value with `document.evidence("citations[0].title", start, end)`, or with
    `title_evidence(field, start, end)` for the title: the field's path, as in the JSON output;
-   puts what it doubts into `warnings`, as ``field: what is doubtful``.

Document numbers in running text are found by `number_forms.find_numbers(document.folded)`, dates
by `dates.find_dates(document.folded)`, instants by `dates.find_instants`.
"""
