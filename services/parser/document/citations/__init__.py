"""Other documents that a document rests on or changes: `read.py` brings the parts together.
The references of a text are found by `shared.chinese.references`.

own.py             what names the document itself and what it issues
own_forms.py       … and the words round it (data)
relations.py       根据, 修改, 废止, 暂停: what it does to the other
verbs.py           the words that say so (data)
relation_forms.py  … and those that say that another does (data)
moods.py           what is not asserted changes nothing: 不废止, 拟废止
authority.py       whether this document may change that one
levies.py          a duty that goes on by the rates of another
leads.py           lines that say so of a list behind them: 暂停实施下列公告：
grouping.py        which references one verb governs
grouping_forms.py  … and what stands between them (data)
related.py         a reference with its relation
quotations.py      whether a reference stands in new wording that is quoted
statements.py      what a spokesman states is done, by the grammar of his sentence
statement_forms.py … and the words of it (data)
answers.py         what an interview does to documents
anaphora.py        上述公告: named in one sentence, changed in another
anaphora_forms.py  … and the verbs that say so (data)
explained.py       what an interview or an interpretation is about
clauses.py         第五条第二款
objects.py         what is extended: a measure, or an investigation
object_forms.py    … and the words of it (data)
times.py           which part of a sentence says from when until when
periods.py         自…起, 至…, 90天
cited.py           the mentions of one document as one citation
"""
