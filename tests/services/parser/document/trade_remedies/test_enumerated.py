"""Rates of the companies that one sentence names, and what is none."""

import pytest

from services.parser.document.trade_remedies.enumerated import company_rates
from services.parser.document.trade_remedies.forms import LEVIED
from services.parser.document.trade_remedies.rows import rate_span

Found = list[tuple[str, float, str | None]]


def found(text: str) -> Found:
    return [
        (
            text[slice(*one.name.zh)] if one.name.zh else "",
            float(one.rate["rate"]),
            text[slice(*one.origin)] if one.origin else None,
        )
        for one in company_rates(text, 0, len(text))
    ]


@pytest.mark.parametrize(
    ("text", "companies"),
    [
        (
            "税率分别为甲公司4.1%、乙公司6.2%和其他韩国公司9%。",
            [("甲公司", 4.1, None), ("乙公司", 6.2, None), ("其他韩国公司", 9.0, None)],
        ),
        (
            "税率如下：甲公司的税率为4.1%，乙公司为6.2%。",
            [("甲公司", 4.1, None), ("乙公司", 6.2, None)],
        ),
        (
            "征收反倾销税。韩国公司：甲株式会社4.1%；日本公司：乙株式会社6.2%。",
            [("甲株式会社", 4.1, "韩国"), ("乙株式会社", 6.2, "日本")],
        ),
        (
            "征收反倾销税。韩国公司：甲株式会社4.1%；抽样公司：乙株式会社6.2%。",
            [("甲株式会社", 4.1, "韩国"), ("乙株式会社", 6.2, None)],
        ),
    ],
)
def test_companies_of_one_sentence(text: str, companies: Found) -> None:
    assert found(text) == companies


@pytest.mark.parametrize(
    "text",
    [
        # Margins, whatever the sentence before says.
        "征收反倾销税。各公司的倾销幅度为：甲公司12.6%，其他韩国公司56.7%。",
        "甲公司4.1%，乙公司6.2%。",
        "税率为：4.1%。",
        "税率为：甲公司4.1%，增值税13%。",
        "税率为：甲公司4.1%，乙公司，占进口额6.2%。",
        "税率为：甲公司4.1%，大豆6.2%。",
        "税率为：甲公司4.1%，乙公司，后者6.2%。",
        "税率为：甲公司4.1%，商务部决定对乙公司6.2%。",
    ],
)
def test_what_is_no_rate_of_a_company(text: str) -> None:
    assert found(text) == []


def test_a_blank_before_the_percent_sign_belongs_to_the_rate() -> None:
    text = "对所有美国公司征收53.6 %的反倾销税"
    form = LEVIED.search(text)

    assert form
    assert text[slice(*rate_span(form))] == "53.6 %"
