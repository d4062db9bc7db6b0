"""Folding: what prints alike is one character, at the same offset."""

import pytest

from shared.chinese.characters import fold


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("２０２５年［第］１号", "2025年〔第〕1号"),
        ("外经贸法发〖2001〗606号", "外经贸法发〔2001〕606号"),
        ("附件:(一)", "附件：（一）"),
        ("自8月1日起,停止;另行通知", "自8月1日起，停止；另行通知"),
        ("甲公司（Alpha）, 乙公司", "甲公司（Alpha）， 乙公司"),
        ("Alpha Co., Ltd.; 10,000", "Alpha Co., Ltd.; 10,000"),
    ],
)
def test_fold(printed: str, folded: str) -> None:
    assert fold(printed) == folded
    assert len(printed) == len(folded)
