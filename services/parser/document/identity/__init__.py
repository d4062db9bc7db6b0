"""The identity of the document: the first thing that a reader of a notice looks for.

label_block.py     【发布单位】【发布文号】【发文日期】
label_forms.py     how it prints its labels (data)
masthead.py        the lines before the first paragraph
history.py         题注: when the text was passed, issued and revised
head_forms.py      notes above the text, and the words of its history (data)
number.py          the document's own 发文字号
number_forms.py    the words round it (data)
signature.py       署名 and 成文日期
signature_forms.py the words in it (data)
issuers.py         发文机关, from all that names them
issuer_forms.py    the words beside them (data)
kind.py            page kind and document type 文种
kind_forms.py      the words and paths that tell the kind (data)
"""
