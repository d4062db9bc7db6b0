"""The names in Chinese official documents with their English, one row an entry: data and look-up.

bodies.tsv           发文机关: ministries, commissions, bureaus, courts and their co-signatories
offices.tsv          offices and departments of bodies, and of provinces and cities
places.tsv           countries, territories and unions; provinces, cities and areas of China
document_types.tsv   文种
lists.tsv            the lists of entities that the ministry keeps
authority.tsv        which body stands above another, and which followed it
codes.tsv            the bodies that letters are numbered by: 商办建函
values.tsv           the values of fields, such as suspended and anti-dumping, in Chinese
make_places.py       adds missing countries and territories from CLDR to places.tsv
entry.py             rows, and which of them is valid on a day
lexicon.py           looking names up, and finding them in a text

Sources and licences of the names: SOURCES.md.
"""

from importlib.resources import files

from shared.chinese.lexicon.entry import Entry, of_day, read_rows, read_table, values
from shared.chinese.lexicon.lexicon import Forms, Lexicon, alternation

__all__ = [
    "ABOVE",
    "BODIES",
    "CODES",
    "DOCUMENT_TYPES",
    "FOLLOWED_BY",
    "LISTS",
    "OFFICES",
    "PLACES",
    "VALUES",
    "Entry",
    "Forms",
    "Lexicon",
    "alternation",
    "of_day",
    "read_table",
]

_HERE = files(__package__)
BODIES = Lexicon(read_table(_HERE / "bodies.tsv"))
OFFICES = Lexicon(read_table(_HERE / "offices.tsv"))
PLACES = Lexicon(read_table(_HERE / "places.tsv"))
DOCUMENT_TYPES = Lexicon(read_table(_HERE / "document_types.tsv"))
LISTS = Lexicon(read_table(_HERE / "lists.tsv"))
_AUTHORITY = tuple(read_rows(_HERE / "authority.tsv"))
# The bodies right above a body, and those that followed it, for bodies of which more is known than that
# they are under the State Council.
ABOVE = {row["name"]: values(row["under"]) for row in _AUTHORITY if row["under"]}
FOLLOWED_BY = {row["name"]: values(row["followed by"]) for row in _AUTHORITY if row["followed by"]}
# The beginning of a letter's code and the body whose it is, "" for one that is not in the lexicon.
CODES = {row["code"]: row["body"] for row in read_rows(_HERE / "codes.tsv")}
# What is read from a document or worked out of several, by its English in events and in the database.
VALUES = {row["value"]: row["chinese"] for row in read_rows(_HERE / "values.tsv")}
