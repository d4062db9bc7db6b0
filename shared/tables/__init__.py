"""Rows as files that people open: tables written as CSV, lines of JSON and Excel, and names read from them.

about.py      what is to be known of the rows of a table
errors.py     what a format cannot do
excel.py      Excel
names.py      the names in a file that people have
plain_text.py CSV and lines of JSON
values.py     a table and its rows
"""
