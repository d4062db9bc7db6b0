"""Controlled items (1C902.a, 参考海关商品编号): `read.py` brings the parts together.

lines.py        items printed line by line
tables.py       catalogues in tables
tree.py         items nested under each other
sentences.py    items that a sentence controls without a code
direction.py    export or import, and where to
"""
