"""Document numbers in English texts."""

import pytest

from shared.chinese.numbers_in_english import find_english_numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("under MOFCOM Announcement No. 61 of 2025, exporters", ["商务部公告2025年第61号"]),
        ("see the Ministry of Commerce’s Announcement No. 61 of 2025", ["商务部公告2025年第61号"]),
        ("Announcement No. 18 of 2025 of the Ministry of Commerce", ["商务部公告2025年第18号"]),
        ("MOFCOM Announcement [2025] No. 61", ["商务部公告2025年第61号"]),
        ("MOFCOM 2025 Announcement No. 61 was suspended", ["商务部公告2025年第61号"]),
        (
            "MOFCOM and GACC Announcements Nos. 55, 56 and 58 of 2025",
            [f"商务部 海关总署公告2025年第{n}号" for n in (55, 56, 58)],
        ),
        (
            "MOFCOM announcements No. 55-58 of 2025",
            [f"商务部公告2025年第{n}号" for n in range(55, 59)],
        ),
        ("State Council Decree No. 792 took effect", ["国务院令第792号"]),
        ("Order of the Ministry of Commerce (No. 4 of 2020)", ["商务部令2020年第4号"]),
        ("Announcement No. 61, 2025 applies", ["公告2025年第61号"]),
        ("Announcement No. 61 of 2025 of Example Ltd.", ["公告2025年第61号"]),
        ("in order to buy No. 5 of 2020", []),
    ],
)
def test_numbers_are_read_with_their_issuers(text: str, numbers: list[str]) -> None:
    found = find_english_numbers(text)
    assert [one.number.canonical() for one in found if one.number] == numbers


def test_words_are_those_of_the_number_and_its_issuers() -> None:
    text = (
        "Under MOFCOM and GACC Announcement No. 70 of 2025, and Order No. 1 of 2020 of MOFCOM on X"
    )
    assert [text[one.start : one.end] for one in find_english_numbers(text)] == [
        "MOFCOM and GACC Announcement No. 70 of 2025",
        "Order No. 1 of 2020 of MOFCOM",
    ]


def test_a_code_in_pinyin_is_seen_and_not_read() -> None:
    (found,) = find_english_numbers("by Shang Ban Jian Han [2022] No. 318 of MOFCOM")
    assert found.number is None
