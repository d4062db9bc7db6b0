"""Persons and organisations on lists (管控名单, 关注名单, 不可靠实体清单, 反制清单): `read.py` brings the parts together.

decisions.py     what is decided: on which list, what is done, to how many
items.py         the entries that an annex or a table prints
enumeration.py   the names that a sentence strings together
"""
