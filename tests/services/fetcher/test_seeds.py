"""The lines of a seeds file."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from services.fetcher.seeds import read_seeds, seed_files


def test_lines_are_read_with_their_numbers_and_comments_passed_over() -> None:
    text = "\ufeffwww.mofcom.gov.cn/a\r\n\n  # a comment\n\thttp://evil.com/ \n2023/mofcom.gov.cn"
    first, refused, last = read_seeds(text.encode(), "a.txt")
    assert (first.number, first.refusal) == (1, None)
    assert first.address
    assert first.address.url == "http://www.mofcom.gov.cn/a"
    assert (refused.number, refused.text, refused.address) == (4, "http://evil.com/", None)
    assert refused.refusal
    assert "evil.com" in refused.refusal
    assert (last.number, last.address and last.address.timestamp) == (5, "2023")


def test_only_files_are_lists(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "folder.txt" / "a.TXT").touch()
    (tmp_path / "notes.md").touch()
    assert [*seed_files(tmp_path)] == [tmp_path / "folder.txt" / "a.TXT"]


@given(st.binary() | st.text().map(str.encode), st.sampled_from(["a.txt", "a.CSV", "a.tsv"]))
def test_any_text_is_read_and_every_line_has_an_address_or_a_refusal(
    data: bytes, name: str
) -> None:
    for line in read_seeds(data, name):
        assert (line.address is None) == (line.refusal is not None)
