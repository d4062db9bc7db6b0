"""Adds the countries and territories of CLDR that are missing from places.tsv.

    python -m shared.chinese.lexicon.make_places

Existing rows stay as they are: their other forms and adjectives are written by hand, and their
English is the ministry's (Viet Nam), with CLDR's among the other correct renderings.
Needs babel, which contains CLDR and is not needed at run time.
"""

from collections.abc import Mapping
from pathlib import Path

from babel import Locale

TABLE = Path(__file__).with_name("places.tsv")
# What CLDR has beside the countries and territories of ISO 3166-1: parts of them, unions, pseudo
# locales. China is no place abroad; its regions stand in a group of their own, with all their forms.
_LEFT_OUT = frozenset("AC CP CQ DG EA EU EZ IC QO TA UN XA XB XK ZZ CN HK MO TW".split())


def of_cldr() -> dict[str, tuple[str, str]]:
    """The Chinese and the English name of each country and territory, by its code."""
    chinese, english = Locale("zh").territories, Locale("en").territories
    codes = (code for code in chinese if isinstance(code, str) and len(code) == 2)
    return {code: (chinese[code], _plain(english[code])) for code in sorted(set(codes) - _LEFT_OUT)}


def with_missing(table: str, cldr: Mapping[str, tuple[str, str]]) -> str:
    """The table with a new row for each missing code, at the end of its first group."""
    lines = table.splitlines()
    column = lines[0].split("\t").index("code")
    known = {row[column] for row in (line.split("\t") for line in lines) if len(row) > column}
    rows = [
        f"{zh}\t\t{en}\t\tcountry\t{code}" for code, (zh, en) in cldr.items() if code not in known
    ]
    end = next(at for at, line in enumerate(lines[2:], 2) if line.startswith("#"))
    return "\n".join([*lines[:end], *rows, *lines[end:]]) + "\n"


def _plain(english: str) -> str:
    """CLDR abbreviates: St. Kitts & Nevis, Myanmar (Burma)."""
    name, _, _ = english.partition(" (")
    for short, long in (
        (" & ", " and "),
        ("St. ", "Saint "),
        ("U.S.", "United States"),
        ("’", "'"),
    ):
        name = name.replace(short, long)
    return name


if __name__ == "__main__":
    TABLE.write_text(with_missing(TABLE.read_text("utf-8"), of_cldr()), "utf-8")
