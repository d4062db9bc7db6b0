"""Trade remedies: where a case stands, and the rates of its duties, which `read.py` brings together.

stage.py        initiation, deposits, duty, its end
stage_forms.py  the words that say so (data)
lists.py        by company
lines.py        … line by line
tables.py       … in a table
rows.py         one company's rate
forms.py        the words of such lists and sentences (data)
sentences.py    a successor's, one for exports under an old name, an adjusted one
enumerated.py   those of the companies that one sentence names
safeguards.py   those that fall year by year
additional.py   those on top of the tariff's
additional_forms.py  the words that levy them (data)
undertakings.py companies whose price undertakings are accepted
undertakings_forms.py  the words that accept them (data)
hs_codes.py     the product's customs codes
terms.py        product, origins, first and last day
terms_forms.py  the words that name them (data)
"""
