"""The README lists every setting as it is."""

from docs.settings import README, with_table


def test_the_readme_lists_every_setting() -> None:
    readme = README.read_text()
    assert readme == with_table(readme), "run `python -m docs.settings`"
    assert readme.count("| `MOFCOM_") > 20
