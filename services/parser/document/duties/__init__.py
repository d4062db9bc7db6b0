"""Rates of anti-dumping, countervailing and safeguard duties: `read.py` brings the parts together.

lists.py        by company, in lines and in tables
sentences.py    a successor's, one for exports under an old name, an adjusted one
safeguards.py   those that fall year by year
terms.py        product, origins, first and last day
"""
