"""Sentences that are put together from the forms of documents, and whether each is read right, or says that
it is not.

made.py             a sentence with what is right of it, and the judgement of how it was read
test_citations.py   verb × objects × order × term × mood × speaker: what is done to other documents

To add a kind: a generator of `Made` from tables of words, and what is right of each; then `count` and the
three assertions of `test_citations.py`.
"""
