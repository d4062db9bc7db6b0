"""Controlled items (1C902.a, 参考海关商品编号): `read.py` brings the parts together.

codes.py            control codes
contained.py       which names of goods stand within others
goods.py            goods named one after the other, each with its codes
sentence_forms.py   how sentences ban and control goods (data)
sentences.py        what sentences ban and control
stated.py           codes that a sentence of its own gives to goods
lines.py            items printed line by line
tree.py             items nested under each other
uncoded.py          items of lists without codes
tables.py           catalogues in tables
regulation.py       export or import, ban or licence, which country: of a heading, of a whole notice
annexes_named.py    which annexes the main text names where
list_headings.py    what headings, captions and columns say that a list is of
annexed.py          which sentences are about the lists of each annex
annexed_forms.py    … and the words of all three (data)
governing.py        which of these holds for an item of a list or a table
"""
