"""References to documents in a text, by title, by number or by both.

find.py      which titles and numbers belong together
forms.py     … and what stands between them (data)
reference.py one mention of a document
covers.py    titles in 《》, and the document that covers one: 关于印发《…》的通知
aliases.py   《办法》, of which the text says what it is short for
"""
