"""Persons and organisations on lists (管控名单, 关注名单, 不可靠实体清单, 反制清单): `read.py` brings the parts together.

decisions.py        what is decided: on which list, what is done, to how many
placements.py       将…列入, 移出, 暂停对…的措施, 更名为
countermeasures.py  采取反制措施
decision.py         one thing decided, and what its sentence is read with
decision_forms.py   the words of such sentences (data)
times.py            from when until when it holds
lists.py            the names of the lists
entries.py          the entries that an annex prints
lines.py            … line by line
tables.py           … in a table
entry.py            one entry
entry_forms.py      the words of lists (data)
enumeration.py      the names that a sentence strings together
enumeration_forms.py … and the words between and round them (data)
"""
