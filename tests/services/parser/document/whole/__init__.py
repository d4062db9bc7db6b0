"""Whole notices, in the forms of real ones, and what is right of each.

duties.toml     rates, of whom and from when until when, and where the case stands
goods.toml      what is done with goods: direction, country, codes, measure
entities.toml   who is put on a list or taken off it
test_whole.py   reads each in every markup of the site

A `[[notice]]` has a `title` and a `text`, whose lines with tabs are rows of a table, and the fields that are judged;
an empty text is what is not said. `flagged` names the field
that the notice must warn of, or the kind of the words that it must say are not read.
"""
