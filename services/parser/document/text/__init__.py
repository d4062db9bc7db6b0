"""What is recognised wherever it stands in a text, with its offsets.

characters.py     folding that keeps offsets
gaps.py           spaces between Chinese characters and digits
spans.py          spans, trimmed and quoted
numerals.py       六十七, 二〇二六
dates.py          dates and instants as they are printed
markers.py        一、 （一） 1. ①
grid.py           tables with their row and column spans resolved
organs.py         names of bodies and their short names (data)
issuers.py        发文机关: recognising and splitting bodies
number_forms.py   发文字号 wherever one is mentioned, and its canonical form
names.py          persons and companies: 通用动力公司（General Dynamics）
places.py         countries and regions (data)
"""
