"""The lexicon and the grammar of Chinese official documents.

Pure functions and data, which the parser reads with and the translator renders with.

form.py               wordings as rows with their own examples
first_characters.py   alternations that are found fast
text.py               a text, raw and folded, with its lines, and evidence of its words
spans.py              spans of a text, to be asked what they hold
characters.py         folding that keeps offsets
gaps.py               spaces between Chinese characters and digits
numerals.py           六十七, 二〇二六
dates.py              printed dates and instants
periods.py            90天, 三个月内: both views of their end
aliases.py            以下简称: what a text calls a document from there on
titles.py             《》, and which titles are those of documents
title_forms.py        what they end with (data)
sentences.py          sentences and their parts
annexes.py            附件1：, and the 附件说明
provisions.py         第三条第二款第（三）项: the numbered parts of a document
markers.py            一、 （一） 1. ①
lexicon/              bodies, offices, places, document types and lists, with their English (data)
bodies.py             发文机关: recognising and splitting bodies
body_forms.py         how names of bodies are built that no table lists (data)
document_numbers.py   发文字号: the forms it is printed in, its canonical form and its English
cited_numbers.py      numbers as running text cites them: 第21号和22号公告, 2004年商务部令第27号
cited_number_forms.py the words beside them (data)
labels.py             【发布文号】【发布单位】: the names of labels
acts.py               公布, 发布, 印发: the verbs for what documents do
file_endings.py       .pdf, .wps: the files that documents are published as
document_types.py     文种: 公告, 办法
places.py             countries and regions abroad, found anywhere in a text
"""
