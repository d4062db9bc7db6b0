"""Which duty is levied of whom, by every form of a ruling, in every mood."""

from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import NamedTuple

from shared.notice import Notice
from tests.services.parser.document.recombined.made import Made, count

# (measure, product, origin, company, rate, stage, first day, last day)
Rate = tuple[str | None, str, str | None, str | None, float, str | None, date | None, date | None]
START, LAST = date(2025, 11, 10), date(2030, 11, 9)


class Ruling(NamedTuple):
    """How a notice decides: its sentence with the place `{no}` of a negation, and the stage."""

    decides: str
    stage: str
    measure: str
    title: str
    until: date | None = None


_OF = "原产于韩国的进口苯酚"
RULINGS = (
    Ruling(
        f"自2025年11月10日起，对{_OF}{{no}}征收反倾销税，实施期限为5年。",
        "duty",
        "anti-dumping",
        f"关于对{_OF}反倾销调查最终裁定的公告",
        LAST,
    ),
    Ruling(
        f"自2025年11月10日起，对{_OF}{{no}}继续征收反倾销税，实施期限为5年。",
        "duty",
        "anti-dumping",
        f"关于{_OF}所适用反倾销措施期终复审裁定的公告",
        LAST,
    ),
    Ruling(
        f"自2025年11月10日起，对{_OF}{{no}}征收反补贴税，实施期限自2025年11月10日起5年。",
        "duty",
        "countervailing",
        f"关于对{_OF}反补贴调查最终裁定的公告",
        LAST,
    ),
    Ruling(
        f"调查机关决定{{no}}采用保证金形式对{_OF}实施临时反倾销措施。自2025年11月10日起，进口经营者在进口时应{{no}}向海关提供保证金。",
        "deposit",
        "anti-dumping",
        f"关于对{_OF}反倾销调查初步裁定的公告",
    ),
)
COMPANIES: dict[str, tuple[tuple[str, float], ...]] = {
    "所有韩国公司 12.5%": (("所有韩国公司", 12.5),),
    "1.甲株式会社 12.5%\n（Ko Chemical Co., Ltd.）\n2.其他韩国公司 30%\n（All Others）": (
        ("甲株式会社", 12.5),
        ("其他韩国公司", 30.0),
    ),
    "甲株式会社（Ko Chemical Co., Ltd.） 12.5%\n乙公司（Otsu Corporation） 7.0%\n其他韩国公司 30%": (
        ("甲株式会社", 12.5),
        ("乙公司", 7.0),
        ("其他韩国公司", 30.0),
    ),
    "甲株式会社：12.5%；其他韩国公司：30%。": (("甲株式会社", 12.5), ("其他韩国公司", 30.0)),
}
LEADS = {
    "anti-dumping": ("各公司的反倾销税税率如下：", "对各公司征收的反倾销税税率如下："),
    "countervailing": ("各公司的反补贴税税率如下：", "对各公司征收的反补贴税税率如下："),
    "deposit": ("各公司的保证金比率如下：", "对各公司适用的保证金比率如下："),
}
# Before the sentence, its negation, and whether it is done.
MOODS = (
    ("", "", True),
    ("商务部决定，", "", True),
    ("国务院关税税则委员会根据商务部的建议作出决定，", "", True),
    ("商务部决定", "不", False),
    ("", "暂不", False),
    ("申请人请求，", "", False),
    ("商务部建议，", "", False),
    ("如无异议，", "", False),
)


def notices() -> Iterator[Made[frozenset[Rate]]]:
    for ruling, (listed, rates), (before, negation, done) in product(
        RULINGS, COMPANIES.items(), MOODS
    ):
        leads = LEADS["deposit" if ruling.stage == "deposit" else ruling.measure]
        for lead in leads:
            decided = ruling.decides.format(no=negation)
            yield Made(
                f"{before}{decided}\n{lead}\n{listed}",
                frozenset(
                    (
                        ruling.measure,
                        "苯酚",
                        "韩国",
                        company,
                        rate,
                        ruling.stage,
                        START,
                        ruling.until,
                    )
                    for company, rate in rates
                )
                if done
                else frozenset(),
                "duty_rates",
                ruling.title,
            )


# Duties on top of the tariff's.
GOODS = {
    "原产于美国的所有进口商品": ("所有进口商品", "美国"),
    "原产于美国的大豆、玉米": ("大豆、玉米", "美国"),
    "附件1所列原产于美国的商品": ("附件1所列原产于美国的商品", "美国"),
}
LEVIES = (
    "对{goods}{no}加征{rate}%关税",
    "对{goods}{no}加征{rate}%的关税",
    "对{goods}，在现行适用关税税率基础上{no}加征{rate}%关税",
)
ADDED_MOODS = (
    ("自2025年11月10日起，", "", "。", True),
    ("经国务院批准，自2025年11月10日12时01分起，", "", "。", True),
    ("决定自2025年11月10日起，", "", "。", True),
    ("决定", "不", "。", False),
    ("", "不再", "。", False),
    ("拟", "", "。", False),
    ("如美方不撤回，中方将", "", "。", False),
    ("建议", "", "。", False),
    ("据报道，", "", "。", False),
    ("美国宣布", "", "。", False),
)


def additions() -> Iterator[Made[frozenset[Rate]]]:
    for levy, (goods, (name, origin)), (before, negation, stop, done) in product(
        LEVIES, GOODS.items(), ADDED_MOODS
    ):
        for rate in (10, 34.5):
            rates: frozenset[Rate] = frozenset(
                {("additional", name, origin, None, float(rate), "duty", START, None)}
            )
            yield Made(
                f"{before}{levy.format(goods=goods, no=negation, rate=rate)}{stop}",
                rates if done else frozenset(),
                "duty_rates",
                "关于对原产于美国的部分进口商品加征关税的公告",
                "国务院关税税则委员会",
            )


def rates_of(one: Notice) -> frozenset[Rate]:
    return frozenset(
        (
            rate.measure,
            rate.product,
            rate.origin,
            rate.company_zh,
            rate.rate,
            rate.stage,
            rate.since,
            rate.last_day,
        )
        for rate in one.duty_rates
    )


def test_rulings_are_read_right_or_flagged() -> None:
    made = list(notices())
    levied, silent = count((one for one in made if one.expected), rates_of)
    _, invented = count((one for one in made if not one.expected), rates_of)

    assert len(made) > 200
    assert silent == invented == []
    assert levied["right"] / levied.total() > 0.9, levied


def test_duties_on_top_of_the_tariff_are_read_right_or_flagged() -> None:
    made = list(additions())
    outcomes, silent = count(made, rates_of)

    assert len(made) > 150
    assert silent == []
    assert outcomes["right"] / len(made) > 0.9, outcomes
