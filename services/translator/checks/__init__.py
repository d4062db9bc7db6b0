"""Automatic checks that an English sentence says the same as the Chinese one.

check.py       all of them on one sentence
shape.py       left, cut, looped, shouted, talked: no translation at all
numbers.py     nothing dropped, changed, invented, swapped; chinese.py and english.py read them
names.py       bodies, places, countries by the glossary
negation.py    not and allowed
opposites.py   import and export, rise and fall, first and second
duties.py      shall and may, before and after
acts.py        repeal, suspend, fine, approve
units.py       yuan and dollars, tons and kilograms
lists.py       "and others", "and other 14"
words.py       rows: words that both languages must have, or neither
"""
