"""Files that list addresses, as people save them."""

from pathlib import PurePath

import pytest

from shared.address_files import is_address_file, read_lines

PAGE = "http://www.mofcom.gov.cn/a.shtml"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_every_usual_charset_is_read(encoding: str) -> None:
    data = f"# 商务部\r\n\r\n公告 {PAGE}\r\n".encode(encoding)
    assert list(read_lines(data, "a.txt")) == [(3, f"公告 {PAGE}")]


def test_each_line_has_a_charset_of_its_own() -> None:
    data = f"{PAGE}?商务\n".encode() + f"{PAGE}?公告\n".encode("gb18030") + b"x\xff\n"
    assert [line for _, line in read_lines(data, "a.txt")] == [
        f"{PAGE}?商务",
        f"{PAGE}?公告",
        "x\N{REPLACEMENT CHARACTER}",
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", f'Title,URL,Time\n"公告, 一",{PAGE},20230113054024\n'),
        ("a.CSV", f"Title;URL;Time\n公告, 一;{PAGE};20230113054024\n"),
        ("a.tsv", f"Title\tURL\tTime\n公告, 一\t{PAGE}\t20230113054024\n"),
    ],
)
def test_the_cells_of_a_row_are_one_line_and_its_header_none(name: str, text: str) -> None:
    assert list(read_lines(text.encode(), name)) == [(2, f"公告, 一\t{PAGE}\t20230113054024")]


def test_a_csv_file_without_header_has_its_first_row() -> None:
    assert list(read_lines(f"{PAGE},2023\n".encode(), "a.csv")) == [(1, f"{PAGE}\t2023")]


def test_lists_are_known_by_their_ending_in_any_case() -> None:
    names = ("urls.TXT", "b.csv", "c.tsv", "watch.toml", "page.html", "txt")
    assert [name for name in names if is_address_file(PurePath(name))] == list(names[:3])
