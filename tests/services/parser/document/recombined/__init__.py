"""Sentences that are put together from the forms of documents, and whether each is read right, or says that
it is not.

made.py                  a sentence with what is right of it, and the judgement of how it was read
test_citations.py        verb × objects × order × term × mood × speaker: what is done to other documents
test_listed_entities.py  who is put on a list, taken off it or spared its measures
test_regulated_items.py  what is done with goods, by direction and country
test_duty_rates.py       which duty is levied, of whom and on what

To add a kind: a generator of `Made` from tables of words, and what is right of each; then `count` and the
three assertions of `test_citations.py`.
"""
