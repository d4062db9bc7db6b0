"""Companies whose price undertakings a notice accepts, and what it says of them that is not read."""

import pytest

from services.parser.document.document import Reading
from services.parser.document.trade_remedies.undertakings import read
from shared.notice import Undertaking
from tests.services.parser.document.documents import check_evidence, notice

_TITLE = "商务部公告2025年第42号 关于对原产于欧盟的进口某酒反倾销调查最终裁定的公告"
_HEAD = "自2025年7月5日起，对原产于欧盟的进口某酒征收反倾销税。\n"
_FOOT = "\n商务部\n2025年7月4日"
_A, _B, _C = "甲公司（A SAS）", "乙公司（B SAS）", "丙公司（C SAS）"
Names = list[tuple[str | None, str | None]]


def undertakings(*lines: str) -> Reading[tuple[Undertaking, ...]]:
    document = notice(_TITLE, _HEAD + "\n".join(lines) + _FOOT)
    reading = read(document)
    check_evidence(
        document,
        reading,
        lambda one: {"company_zh": one.company_zh, "company_latin": one.company_latin},
    )
    return reading


def names(reading: Reading[tuple[Undertaking, ...]]) -> Names:
    return [(one.company_zh, one.company_latin) for one in reading.value]


@pytest.mark.parametrize(
    ("lines", "companies"),
    [
        ([f"决定接受{_A}的价格承诺。"], [("甲公司", "A SAS")]),
        (
            ["决定接受A Limited和B Limited的价格承诺。"],
            [(None, "A Limited"), (None, "B Limited")],
        ),
        (["决定接受甲公司、乙公司等2家公司的价格承诺。"], [("甲公司", None), ("乙公司", None)]),
        (
            [f"决定接受{_A}和{_B}等2家公司提出的价格承诺。"],
            [("甲公司", "A SAS"), ("乙公司", "B SAS")],
        ),
        # The same company twice.
        (
            [f"决定接受{_A}的价格承诺。", f"决定接受甲公司、{_B}的价格承诺。"],
            [("甲公司", "A SAS"), ("乙公司", "B SAS")],
        ),
        # A list up to the signature, 附件, another heading, another sentence.
        (["决定接受下列公司的价格承诺：", _A, _B], [("甲公司", "A SAS"), ("乙公司", "B SAS")]),
        (["决定接受下列公司的价格承诺：", _A, "附件：裁定"], [("甲公司", "A SAS")]),
        (["决定接受下列公司的价格承诺：", f"1.{_A}", "二、期限"], [("甲公司", "A SAS")]),
        (["决定接受下列公司的价格承诺：", "1.甲公司", "特此公告"], [("甲公司", None)]),
        (["决定接受下列公司的价格承诺：", _A, "期限五年。"], [("甲公司", "A SAS")]),
        (["决定接受下列公司的价格承诺：", _A, "期限五年。乙公司"], [("甲公司", "A SAS")]),
        (
            ["决定接受下列公司的价格承诺：", f"1.{_A}；", f"2.{_B}。"],
            [("甲公司", "A SAS"), ("乙公司", "B SAS")],
        ),
        (["决定接受下列公司的价格承诺：", _A, "甲" * 200 + "公司"], [("甲公司", "A SAS")]),
        # Foreign names on lines of their own.
        (
            ["决定接受下列公司的价格承诺：", "1.甲公司", "（A SAS）", "2.乙公司", "B SAS"],
            [("甲公司", "A SAS"), ("乙公司", "B SAS")],
        ),
        (
            ["决定接受下列公司的价格承诺：", "1.甲公司", "2.B Limited"],
            [("甲公司", None), (None, "B Limited")],
        ),
        (
            ["决定接受下列公司的价格承诺：", _A, "B Limited"],
            [("甲公司", "A SAS"), (None, "B Limited")],
        ),
        # Nothing but a mark on a line.
        (
            ["决定接受下列公司的价格承诺：", _A, "；", _B],
            [("甲公司", "A SAS"), ("乙公司", "B SAS")],
        ),
        # No list behind it: the next line is another matter.
        ([f"决定接受{_A}的价格承诺。", _C], [("甲公司", "A SAS")]),
        # A colon without a list behind it.
        ([f"决定接受{_A}的价格承诺：", "具体如下。"], [("甲公司", "A SAS")]),
        ([f"决定不接受{_A}的价格承诺。"], []),
        (["价格承诺另行公告。" + "甲" * 2001 + "。"], []),
    ],
)
def test_companies_whose_undertakings_are_accepted(lines: list[str], companies: Names) -> None:
    reading = undertakings(*lines)

    assert names(reading) == companies
    assert reading.warnings == ()


@pytest.mark.parametrize(
    ("lines", "companies", "doubt"),
    [
        (
            [f"决定接受{_A}和Roquette Freres的价格承诺。"],
            [("甲公司", "A SAS")],
            "Roquette Freres is not read as the name of a company",
        ),
        (
            [f"决定接受{_A}和其他有关企业的价格承诺。"],
            [("甲公司", "A SAS")],
            "其他有关企业 is not read as the name of a company",
        ),
        (["决定接受某某兄弟的价格承诺。"], [], "no company is named in the text"),
        (["决定接受附件所列企业的价格承诺。"], [], "no company is named in the text"),
        (
            [f"决定接受{_A}等3家公司的价格承诺。"],
            [("甲公司", "A SAS")],
            "the text states 3, 1 were found",
        ),
        (
            [f"决定接受{_A}等公司的价格承诺。"],
            [("甲公司", "A SAS")],
            "there may be more: 等公司",
        ),
        (
            ["决定接受下列公司的价格承诺：", f"1.{_A}", "2.某某兄弟", f"3.{_C}"],
            [("甲公司", "A SAS")],
            "某某兄弟 is not read as the name of a company",
        ),
        (
            ["决定接受下列公司的价格承诺：", f"1.{_A}", "某某兄弟"],
            [("甲公司", "A SAS")],
            "某某兄弟 is not read as the name of a company",
        ),
        (
            ["决定接受下列公司的价格承诺：", "1.甲公司", "期限五年"],
            [("甲公司", None)],
            "期限五年 is not read as the name of a company",
        ),
        (
            ["决定接受下列公司的价格承诺：", _A, "乙公司，德国", _C],
            [("甲公司", "A SAS")],
            "乙公司，德国 is not read as the name of a company",
        ),
        (
            ["决定接受下列公司的价格承诺：", _A, "本公告发给上述公司。"],
            [("甲公司", "A SAS")],
            "本公告发给上述公司 is not read as the name of a company",
        ),
        (
            [f"决定接受{_A}{'、乙公司' * 600}的价格承诺。"],
            [],
            "a sentence of more than 2000 characters is not read",
        ),
        (
            ["决定接受甲公司的价格承诺。" * 51],
            [("甲公司", None)],
            "more sentences that accept some than are read",
        ),
        (
            ["决定接受下列公司的价格承诺：", *["1.甲公司"] * 501],
            [("甲公司", None)],
            "the list is longer than is read",
        ),
    ],
)
def test_what_is_not_read_of_them_is_said(lines: list[str], companies: Names, doubt: str) -> None:
    reading = undertakings(*lines)

    assert names(reading) == companies
    assert reading.warnings == (f"undertakings: {doubt}",)
