"""What is known of Chinese official documents: the words they use, and the forms they are printed in.

Pure, and said once: the parser reads with it, the translator renders with it.

form.py               wordings as rows that carry their own examples
text.py               a text, raw and folded, with its lines, and evidence of its words
characters.py         folding that keeps offsets
gaps.py               spaces between Chinese characters and digits
numerals.py           六十七, 二〇二六
dates.py              dates and instants as they are printed
periods.py            90天, 三个月内: both views of their end
titles.py             《》, and what is a document's
sentences.py          where a sentence and its parts end
annexes.py            附件1：, and the 附件说明
markers.py            一、 （一） 1. ①
lexicon/              bodies, offices, places, document types and lists, with their English (data)
bodies.py             发文机关: recognising and splitting bodies
document_numbers.py   发文字号: the forms it is printed in, its canonical form and its English
cited_numbers.py      numbers as running text cites them: 第21号和22号公告, 2004年商务部令第27号
labels.py             【发布文号】【发布单位】: what labels before a value are called
acts.py               公布, 发布, 印发: the verbs for what documents do
file_endings.py       .pdf, .wps: what documents are published as
document_types.py     文种: 公告, 办法
places.py             countries and regions abroad, wherever one stands
"""
