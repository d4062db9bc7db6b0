"""Numbers are shown as their sheet shows them, and no code loses a digit."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.parser.attachments.sheets.shown import has_lost_digits, shown


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (106, "0000", "0106"),
        (106.0, "General", "106"),
        (8112921010.0, "General", "8112921010"),
        (8112921010.0, "0.00E+00", "8112921010"),
        (1061100, "0000.00.00", "1061100"),
        (2844100090, r"0000\.00\.0000", "2844.10.0090"),
        (281129, r"0000\ 00", "2811 29"),
        (0.25, "0%", "25%"),
        (0.125, "0.0%", "12.5%"),
        (0.0625, "0.00%;[Red]-0.00%", "6.25%"),
        (-0.05, "0%", "-5%"),
        (-5, "0;0", "-5"),
        (-5, "0_);(0)", "(5)"),
        (0, '0;-0;"—"', "—"),
        (1234567, "#,##0", "1,234,567"),
        (1234567, "#,##0,", "1,235"),
        (12.5, '0.0"吨"', "12.5吨"),
        (12.5, '"约"0.0', "约12.5"),
        (0.5, "#.##", "0.5"),
        (3, "0.##", "3"),
        (1.005, "0.00", "1.01"),
        (0.1 + 0.2, "General", "0.3"),
        (0.00012, "General", "0.00012"),
        (1e21, "General", "1" + "0" * 21),
        (5, "@", "5"),
        (0.5, "# ?/?", "0.5"),
        (45000, "yyyy/m/d", "45000"),
        (1000, "[$¥-804]#,##0.00", "¥1,000.00"),
        (True, "General", "TRUE"),
        (date(2025, 1, 31), "General", "2025-01-31"),
        (datetime(2025, 1, 31), "General", "2025-01-31"),  # noqa: DTZ001
        (datetime(2025, 1, 31, 8, 30), "General", "2025-01-31 08:30:00"),  # noqa: DTZ001
        (time(8, 30), "General", "08:30"),
        (" 0106", "0000", " 0106"),
        (None, "General", ""),
    ],
)
def test_shown(value: object, number_format: str, text: str) -> None:
    assert shown(value, number_format) == text


@given(st.integers(0, 10**15 - 1))
def test_whole_numbers_keep_all_their_digits(number: int) -> None:
    assert shown(float(number)) == str(number)
    assert shown(float(number), "0") == str(number)
    assert not has_lost_digits(float(number))


@given(st.integers(0, 9999), st.integers(4, 10))
def test_zeros_of_the_format_are_kept(number: int, width: int) -> None:
    assert shown(float(number), "0" * width) == str(number).zfill(width)


@given(
    st.floats(allow_nan=False, allow_infinity=False),
    st.text('0#?,.%E+-;"\\[]_*@ 元年/', max_size=12),
)
def test_no_format_breaks_it(number: float, number_format: str) -> None:
    assert isinstance(shown(number, number_format), str)


def test_a_longer_code_has_lost_digits() -> None:
    assert has_lost_digits(6222020111122223333.0)
