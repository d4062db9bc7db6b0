"""Rates of anti-dumping, countervailing and safeguard duties: `read.py` brings the parts together.

lists.py        by company
lines.py        … line by line
tables.py       … in a table
rows.py         one company's rate
forms.py        the words of such lists and sentences (data)
sentences.py    a successor's, one for exports under an old name, an adjusted one
safeguards.py   those that fall year by year
terms.py        product, origins, first and last day
"""
