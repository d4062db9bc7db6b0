"""The lexicon's tables: each name means one thing, has English, and is found where it stands."""

import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.chinese.lexicon import (
    BODIES,
    DOCUMENT_TYPES,
    LISTS,
    OFFICES,
    PLACES,
    Forms,
    Lexicon,
    alternation,
    of_day,
)

TABLES = {
    "bodies": BODIES,
    "offices": OFFICES.of("office", "department"),
    "local offices": OFFICES.of("local"),
    "places": PLACES,
    "document types": DOCUMENT_TYPES,
    "lists": LISTS,
}
tables = pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)


@tables
def test_every_row_has_its_name_in_english(table: Lexicon) -> None:
    nameless = [entry.name for entry in table.entries if not re.match(r"[A-ZÅa-z]", entry.english)]
    assert table.entries
    assert nameless == []


@tables
def test_no_form_means_two_names(table: Lexicon) -> None:
    names = {form: {entry.name for entry in rows} for form, rows in table.by_form.items()}
    assert {form: several for form, several in names.items() if len(several) > 1} == {}


@tables
def test_no_value_is_left_with_white_space_or_empty(table: Lexicon) -> None:
    values = [value for e in table.entries for value in (*e.printed, *e.renderings, *e.not_in)]
    assert [value for value in values if value != value.strip() or not value] == []


@tables
def test_periods_of_a_name_follow_each_other(table: Lexicon) -> None:
    for rows in table.by_form.values():
        for newer, older in pairwise(rows):
            assert older.since < newer.since or older.since == newer.since == date.min
            assert older.until < newer.until
        assert all(entry.since <= entry.until for entry in rows)


@pytest.mark.parametrize(
    ("form", "day", "english"),
    [
        ("税务总局", date(2018, 6, 14), "State Administration of Taxation"),
        ("国家税务总局", date(2018, 6, 15), "State Taxation Administration"),
        ("国家计委", date(1995, 1, 1), "State Planning Commission"),
        ("国家计委", date(2000, 1, 1), "State Development Planning Commission"),
        # Named long after: as it was last called.
        ("国家计委", date(2020, 1, 1), "State Development Planning Commission"),
        # Named before it is known to have been called so: as it was first called.
        ("国家发展改革委", date(2001, 1, 1), "National Development and Reform Commission"),
        ("广电总局", None, "National Radio and Television Administration"),
    ],
)
def test_english_is_that_of_the_day(form: str, day: date | None, english: str) -> None:
    assert of_day(BODIES.by_form[form], day).english == english


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "对美利坚合众国、中国台湾地区和刚果（金）",
            ["美利坚合众国", "中国台湾地区", "刚果（金）"],
        ),
        ("沿海地区增加纳税，自公布之日本公告施行", []),
        ("内蒙古和蒙古", ["内蒙古", "蒙古"]),
        ("印度尼西亚在印度洋", ["印度尼西亚"]),
    ],
)
def test_places_are_found_whole(text: str, found: list[str]) -> None:
    assert re.findall(PLACES.pattern, text) == found


_words = st.lists(st.text("甲乙丙", min_size=1, max_size=4), min_size=1, max_size=8, unique=True)


@given(_words, st.text("甲乙丙丁", max_size=12))
def test_an_alternation_finds_what_the_longest_first_does(words: list[str], text: str) -> None:
    longest_first = "|".join(sorted(words, key=len, reverse=True))
    assert re.findall(alternation(dict.fromkeys(words, ())), text) == re.findall(
        longest_first, text
    )


@given(_words.map(lambda words: [word + "甲" for word in words]), st.text("甲乙丙丁", max_size=12))
def test_forms_are_found_at_and_before_a_place(words: list[str], text: str) -> None:
    forms = Forms(dict.fromkeys(words, "name"))
    for at in range(len(text) + 1):
        begins = [word for word in words if text.startswith(word, at)]
        ends = [word for word in words if text[:at].endswith(word)]
        assert forms.at(text, at) == max(begins, key=len, default="")
        assert forms.before(text, at) == max(ends, key=len, default="")


def test_the_table_of_places_has_all_of_cldr() -> None:
    pytest.importorskip("babel", reason="only what adds places needs CLDR")
    from shared.chinese.lexicon.make_places import TABLE, of_cldr, with_missing

    table = TABLE.read_text("utf-8")
    assert with_missing(table, of_cldr()) == table
    for chinese, english in of_cldr().values():
        assert english in of_day(PLACES.by_form[chinese], None).renderings


def test_a_place_that_the_table_has_not_is_added_to_its_first_group() -> None:
    pytest.importorskip("babel", reason="only what adds places needs CLDR")
    from shared.chinese.lexicon.make_places import with_missing

    table = (
        "name\tforms\tenglish\talso\tclass\tcode\n# Countries\n甲\t\tA\t\tcountry\tAA\n# Unions\n"
    )
    assert with_missing(table, {"AA": ("甲国", "The A"), "BB": ("乙", "B")}) == (
        "name\tforms\tenglish\talso\tclass\tcode\n# Countries\n甲\t\tA\t\tcountry\tAA\n"
        "乙\t\tB\t\tcountry\tBB\n# Unions\n"
    )
