"""Rates of trade-remedy notices: lists, tables, sentences."""

import json
from datetime import date
from pathlib import Path

import pytest

from services.parser.document.document import Document, Reading
from services.parser.document.trade_remedies.read import read
from services.parser.parse import parse
from shared.notice import DutyRate
from testing.corpus import shared
from testing.markup import paragraphs
from tests.services.parser.document.documents import check_evidence, notice, quotes

_SEEDS = Path(__file__).parents[5] / "seeds/pages"
_FOOT = "\n商务部\n2024年4月19日"
_HEAD = (
    "2022年11月30日，商务部发布2022年第35号公告，决定对原产于日本和韩国的进口甲醛进行反倾销立案调查。\n"
    "国务院关税税则委员会作出决定，自2024年4月20日起，对原产于日本和韩国的进口甲醛征收反倾销税，实施期限自2024年4月20日起5年。\n"
)
_TITLE = "商务部公告2024年第16号 关于原产于日本和韩国的进口甲醛反倾销调查最终裁定的公告"


def verbatim(value: DutyRate) -> dict[str, object]:
    return {
        "product": value.product,
        "origin": value.origin,
        "company_zh": value.company_zh,
        "company_latin": value.company_latin,
    }


def read_checked(document: Document) -> Reading[tuple[DutyRate, ...]]:
    reading = read(document)
    check_evidence(document, reading, verbatim)
    return reading


def short(
    reading: Reading[tuple[DutyRate, ...]],
) -> list[tuple[str | None, str | None, str | None, float]]:
    return [(one.origin, one.company_zh, one.company_latin, one.rate) for one in reading.value]


@pytest.mark.parametrize("setting", ["paragraphs", "broken_spans", "with_breaks"])
def test_successor_and_exports_under_the_old_name(setting: str) -> None:
    """商务部公告2018年第47号: four rates, each with the right company and product."""
    path = shared("data/notices/record_2018_article_b_c_20180602755321.json")
    record = json.loads(path.read_text("utf-8"))
    document = notice(record["title"], record["content"], layout="2018", setting=setting)
    reading = read_checked(document)
    new, old = "艾德凡斯树脂和化学品责任有限公司", "霍尼韦尔树脂和化学品责任有限公司"
    assert [(one.product, one.company_zh, one.rate) for one in reading.value] == [
        ("锦纶6切片", new, 36.2),
        ("锦纶6切片", old, 96.5),
        ("己内酰胺", new, 3.6),
        ("己内酰胺", old, 24.2),
    ]
    assert {one.origin for one in reading.value} == {"美国"}
    assert reading.value[0].company_latin == "AdvanSix Resins & Chemicals LLC"
    assert {(one.since, one.last_day) for one in reading.value} == {(date(2018, 6, 9), None)}
    assert reading.warnings == ()
    assert quotes(document, reading)["duty_rates[1].rate"] == "96.5%"


def test_inherited_rate_that_only_the_history_tells() -> None:
    reading = read_checked(
        notice(
            "关于有机硅反倾销措施公司更名的公告",
            "2006年1月16日，商务部发布2005年第123号公告，决定对原产于日本和美国的进口硅氧烷实施最终反倾销措施。"
            "其中，日本甲有限公司(Alpha Co., Ltd)适用的反倾销税税率为14%，其他日本公司为22%。\n据此，商务部决定：\n"
            "一、由乙日本有限公司（Beta LLC）继承日本甲有限公司(Alpha Co., Ltd)在有机硅反倾销措施中所适用的反倾销税税率及其他权利义务。\n"
            "二、以日本甲有限公司名称向中国出口的硅氧烷产品，适用有机硅反倾销措施中其他日本公司22%的反倾销税税率。\n"
            "本公告自2024年4月20日起执行。" + _FOOT,
        )
    )
    assert short(reading) == [
        ("日本", "乙日本有限公司", "Beta LLC", 14.0),
        ("日本", "日本甲有限公司", None, 22.0),
    ]


def test_exempt_successor_has_no_rate() -> None:
    reading = read(
        notice(
            "关于甲醛反倾销措施公司更名的公告",
            "其中，甲公司的反倾销税率为0.9%。\n商务部决定：\n由乙公司（Beta）继承甲公司（Alpha）在甲醛反倾销措施中所适用的税率及其他权利义务，免于征收反倾销税。"
            + _FOOT,
        )
    )
    assert reading.value == ()
    assert reading.warnings == ("duty_rates: a successor is exempt from the duty",)


def test_list_with_foreign_names_in_every_place() -> None:
    document = notice(
        _TITLE,
        _HEAD
        + "对各公司征收的反倾销税税率如下：\n日本公司：\n1.甲化学株式会社 9.0%（ALPHA CHEMICAL CO., LTD.）\n"
        "2. 乙化学株式会社（Beta Corporation）　　１２．２％\n3、丙株式会社 12.2%\n（GAMMA Inc.）\n"
        "4. 丁株式会社\n（Delta KK）\n13.1%\n5.其他日本公司 22.4%（All Others）\n（二）韩国公司\n所有韩国公司：41.1%\n"
        "三、征收反倾销税的方法\n进口环节增值税以13%的税率从价计征。\n本公告自2024年4月20日起执行。"
        + _FOOT,
    )
    reading = read_checked(document)
    assert short(reading) == [
        ("日本", "甲化学株式会社", "ALPHA CHEMICAL CO., LTD.", 9.0),
        ("日本", "乙化学株式会社", "Beta Corporation", 12.2),
        ("日本", "丙株式会社", "GAMMA Inc.", 12.2),
        ("日本", "丁株式会社", "Delta KK", 13.1),
        ("日本", "其他日本公司", "All Others", 22.4),
        ("韩国", "所有韩国公司", None, 41.1),
    ]
    assert {one.product for one in reading.value} == {"甲醛"}
    # A period counts its first day.
    assert {(one.since, one.last_day) for one in reading.value} == {
        (date(2024, 4, 20), date(2029, 4, 19))
    }
    found = quotes(document, reading)
    assert found["duty_rates[1].rate"] == "１２．２％"
    assert found["duty_rates[0].last_day"] == "实施期限自2024年4月20日起5年"


def test_margins_are_not_duties() -> None:
    text = "各公司的倾销幅度如下：\n1.甲公司 30%（Alpha）\n2.其他日本公司 50%\n"
    deposits = "各公司的保证金比率如下：\n1.甲公司 29.5%（Alpha）\n2.其他日本公司 50%\n"
    both = read_checked(notice(_TITLE, _HEAD + text + deposits + _FOOT))
    assert [one.rate for one in both.value] == [29.5, 50.0]
    assert both.warnings == ("duty_rates[0].origin: the text does not say of which",)
    only = read_checked(notice(_TITLE, _HEAD + text + _FOOT))
    assert [one.rate for one in only.value] == [30.0, 50.0]
    assert only.warnings == (
        "duty_rates: the text lists margins, not rates of a duty or deposit",
        "duty_rates[0].origin: the text does not say of which",
    )


def test_table_with_row_spans_and_group_rows() -> None:
    reading = read_checked(
        notice(
            _TITLE,
            "<p>自2024年4月20日起，对原产于日本和韩国的进口甲醛征收反倾销税，为期5年。</p>"
            "<table><tr><th>国家（地区）</th><th>公司</th><th>税率</th></tr>"
            "<tr><td rowspan=2>日本</td><td>1．甲公司<br>（Alpha S.A.）</td><td>４３.０％</td></tr>"
            "<tr><td>2．其他日本公司（All Others）</td><td>43.1%</td></tr>"
            "<tr><td>韩国</td><td>韩国公司</td><td>18.1%</td></tr></table><p>商务部</p><p>2024年4月19日</p>",
        )
    )
    assert short(reading) == [
        ("日本", "甲公司", "Alpha S.A.", 43.0),
        ("日本", "其他日本公司", "All Others", 43.1),
        ("韩国", "韩国公司", None, 18.1),
    ]
    assert {one.last_day for one in reading.value} == {date(2029, 4, 19)}


def test_two_duties_in_one_table() -> None:
    reading = read_checked(
        notice(
            "关于原产于美国的进口正丙醇反倾销和反补贴调查最终裁定的公告",
            "<p>自2024年4月20日起，对原产于美国的进口正丙醇征收反倾销税和反补贴税。</p>"
            "<table><tr><th>公司名称</th><th>英文名称</th><th>反倾销税税率（%）</th><th>反补贴税税率（%）</th></tr>"
            "<tr><td colspan=4>美国公司</td></tr><tr><td>1、甲公司</td><td>Alpha Inc.</td><td>254.4</td><td>37.7</td></tr>"
            "</table><p>商务部</p><p>2024年4月19日</p>",
        )
    )
    assert short(reading) == [
        ("美国", "甲公司", "Alpha Inc.", 254.4),
        ("美国", "甲公司", "Alpha Inc.", 37.7),
    ]
    assert [one.measure for one in reading.value] == ["anti-dumping", "countervailing"]
    assert reading.warnings == ()


@pytest.mark.parametrize(
    ("title", "text", "measure"),
    [
        ("关于原产于美国的进口正丙醇反倾销调查最终裁定的公告", "税率如下：", "anti-dumping"),
        ("关于原产于美国的进口正丙醇反补贴调查最终裁定的公告", "税率如下：", "countervailing"),
        (
            "关于原产于美国的进口正丙醇反倾销和反补贴调查的公告",
            "各公司的反补贴税税率如下：",
            "countervailing",
        ),
        ("关于原产于美国的进口正丙醇反倾销和反补贴调查的公告", "各公司的税率如下：", None),
    ],
)
def test_measure(title: str, text: str, measure: str | None) -> None:
    reading = read_checked(notice(title, text + "\n1.甲公司（Alpha Inc.） 37.7%" + _FOOT))
    assert [one.measure for one in reading.value] == [measure]
    assert any("measure" in one for one in reading.warnings) == (measure is None)


def test_rates_in_an_annex_and_origin_of_the_title() -> None:
    document = notice(
        "关于对原产于澳大利亚的进口相关葡萄酒征收反倾销税的公告",
        "自2024年4月20日起，对上述产品征收反倾销税，期限为5年，税率见附件。\n附件：各公司反倾销税税率表"
        + _FOOT
        + "\n附件\n各公司反倾销税税率表\n1.甲酒业有限公司（Alpha Wines） 167.1%\n2.其他澳大利亚公司 218.4%",
    )
    reading = read(document)
    assert short(reading) == [
        ("澳大利亚", "甲酒业有限公司", "Alpha Wines", 167.1),
        ("澳大利亚", "其他澳大利亚公司", None, 218.4),
    ]
    assert {one.product for one in reading.value} == {"相关葡萄酒"}
    sources = {one.field: one.source for one in reading.evidence}
    assert sources["duty_rates[0].product"] == sources["duty_rates[0].origin"] == "title"


def test_adjusted_rate() -> None:
    (value,) = read_checked(
        notice(
            "关于对产自甲有限公司的进口锦纶6切片倾销及倾销幅度期中复审裁定的公告",
            "2010年4月21日，商务部发布2010年第15号公告，决定对原产于美国和欧盟的进口锦纶6切片征收反倾销税，为期5年。\n"
            "商务部决定，自2024年4月21日起，将甲有限公司（Alpha GmbH）所适用的反倾销税税率由8.2%调整为23.9%。"
            + _FOOT,
        )
    ).value
    assert (value.product, value.company_zh, value.company_latin, value.rate) == (
        "锦纶6切片",
        "甲有限公司",
        "Alpha GmbH",
        23.9,
    )
    # The five years are those of the notice of 2010.
    assert (value.since, value.last_day) == (date(2024, 4, 21), None)


def test_rates_that_one_sentence_adjusts_for_two_companies() -> None:
    document = notice(
        "关于原产于日本和美国的进口光纤预制棒反倾销期中复审裁定的公告",
        "自2019年2月1日起，将信越化学工业株式会社适用的反倾销税税率由8.0%调整为14.4%，"
        "将德拉卡通信美洲公司（Draka Americas Inc.）的反倾销税税率调整为41.7%。\n商务部\n2019年1月30日",
    )
    assert [rate[-1] for rate in short(read_checked(document))] == [14.4, 41.7]


def test_a_table_that_the_line_before_announces_as_deposits() -> None:
    document = notice(
        "关于原产于美国的进口聚苯醚反补贴调查初步裁定的公告",
        "<p>对各公司征收的临时反补贴税保证金比率如下：</p><table><tr><td>公司名称</td><td>从价补贴率</td></tr>"
        "<tr><td>其他配合调查的公司</td><td>18.2%</td></tr><tr><td>其他美国公司</td><td>20.5%</td></tr></table>",
    )
    reading = read_checked(document)
    assert [value.rate for value in reading.value] == [18.2, 20.5]
    assert reading.warnings == ()


def test_safeguard_duty_falls_year_by_year() -> None:
    reading = read_checked(
        notice(
            "关于对进口食糖采取保障措施的公告",
            "商务部决定对进口食糖采取保障措施，实施期限为3年，自2024年5月22日至2027年5月21日。\n"
            "2024年5月22日至2025年5月21日税率为45%；2025年5月22日至2026年5月21日税率为40%；\n"
            "2026年5月22日至2027年5月21日税率为35%。" + _FOOT,
        )
    )
    assert [(one.product, one.rate, one.since, one.last_day) for one in reading.value] == [
        ("食糖", 45.0, date(2024, 5, 22), date(2025, 5, 21)),
        ("食糖", 40.0, date(2025, 5, 22), date(2026, 5, 21)),
        ("食糖", 35.0, date(2026, 5, 22), date(2027, 5, 21)),
    ]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "关于对原产于美国的进口高粱进行反倾销立案调查的公告",
            "原产于美国的进口高粱占国内市场份额的30%，主张的倾销幅度为50%以上。",
        ),
        (
            "关于终止对原产于日本的进口甲醛反倾销措施的公告",
            "2018年4月19日，商务部发布2018年第40号公告，决定征收反倾销税，其中甲公司适用的反倾销税率为36.2%。现决定终止。",
        ),
        ("关于调整关税的公告", "自2024年4月20日起，对进口小麦征收1%的关税。\n1.甲公司 30%"),
    ],
)
def test_what_sets_no_rate(title: str, text: str) -> None:
    assert read(notice(title, text + _FOOT)).value == ()


def test_seed_pages() -> None:
    rubber = parse(
        (_SEEDS / "2018-antidumping-halogenated-butyl-rubber.html").read_bytes(),
        "http://mofcom.gov.cn",
    ).duty_rates
    assert [(one.origin, one.rate) for one in rubber] == [
        ("美国", 75.5),
        ("美国", 75.5),
        ("欧盟", 71.9),
        ("欧盟", 27.4),
        ("欧盟", 71.9),
        ("新加坡", 23.1),
        ("新加坡", 45.2),
        ("新加坡", 45.2),
    ]
    assert {(one.product, one.since, one.last_day) for one in rubber} == {
        ("卤化丁基橡胶", date(2018, 8, 20), date(2023, 8, 19))
    }
    canola = parse(
        (_SEEDS / "2025-antidumping-canola-seed.html").read_bytes(), "http://mofcom.gov.cn"
    ).duty_rates
    assert [(one.company_latin, one.rate) for one in canola] == [
        ("Richardson International Limited", 75.8),
        ("Cargill Limited", 75.8),
        ("All Others", 75.8),
    ]
    assert {(one.origin, one.since, one.last_day) for one in canola} == {
        ("加拿大", date(2025, 8, 14), None)
    }


def test_a_table_without_heads() -> None:
    document = notice(
        _TITLE,
        "<p>" + _HEAD.replace("\n", "</p><p>") + "对各公司征收的反倾销税税率如下：</p>"
        "<table><tr><td colspan=2>日本公司</td></tr>"
        "<tr><td>1. 甲株式会社<br>（ALPHA CO., LTD.）</td><td>15.8%</td></tr>"
        "<tr><td>2. 其他日本公司</td><td>16.1％</td></tr><tr><td colspan=2>韩国公司</td></tr>"
        "<tr><td>1. 株式会社乙 (BETA)</td><td>4.1%</td></tr></table>"
        "<p>商务部</p><p>2024年4月19日</p>",
    )
    assert short(read_checked(document)) == [
        ("日本", "甲株式会社", "ALPHA CO., LTD.", 15.8),
        ("日本", "其他日本公司", None, 16.1),
        ("韩国", "株式会社乙", "BETA", 4.1),
    ]


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("持股比例", "what the percentages are is not said beside them"),
        ("市场份额", "what the percentages are is not said beside them"),
        ("利润率", "what the percentages are is not said beside them"),
        ("提价幅度", "the text lists margins, not rates of a duty or deposit"),
    ],
)
def test_percentages_of_which_nothing_says_that_they_are_rates(head: str, said: str) -> None:
    document = notice(
        _TITLE,
        "<p>" + _HEAD.replace("\n", "</p><p>") + "各公司情况如下：</p>"
        f"<table><tr><td>公司</td><td>{head}</td></tr>"
        "<tr><td>甲株式会社</td><td>15.8%</td></tr><tr><td>乙株式会社</td><td>16.1%</td></tr></table>"
        "<p>商务部</p><p>2024年4月19日</p>",
    )
    assert f"duty_rates: {said}" in read_checked(document).warnings


def test_heads_of_groups_that_are_no_country() -> None:
    document = notice(
        _TITLE.replace("日本和韩国", "欧盟"),
        _HEAD.replace("日本和韩国", "欧盟")
        + "对各公司征收的保证金比率如下：\n抽样公司：\n1.甲公司 30.6%\n（Alpha）\n其他合作公司 34.8%\n"
        + "1.株式会社丙　　2.24%\n（GAMMA CORPORATION）"
        + _FOOT,
    )
    assert short(read_checked(document)) == [
        ("欧盟", "甲公司", "Alpha", 30.6),
        ("欧盟", "其他合作公司", None, 34.8),
        ("欧盟", "株式会社丙", "GAMMA CORPORATION", 2.24),
    ]


def test_a_law_that_both_measures_rest_on_names_none() -> None:
    document = notice(
        "公告",
        "根据《反倾销和反补贴条例》，自1999年6月3日起，对原产于加拿大的进口新闻纸征收反倾销税。\n加拿大：\n"
        "甲公司（Alpha Ltd.）　61%\n外经贸部\n一九九九年六月三日",
    )
    assert [one.measure for one in read_checked(document).value] == ["anti-dumping"]


def test_one_rate_for_all_companies_of_a_country() -> None:
    document = notice(
        "公布对原产于加拿大的进口油菜籽临时反倾销措施",
        "自2024年4月20日起，对原产于加拿大的进口油菜籽，所有加拿大公司的保证金比率均为75.8%。"
        + _FOOT,
    )
    (rate,) = read_checked(document).value
    assert (rate.product, rate.company_zh, rate.rate) == ("油菜籽", "所有加拿大公司", 75.8)


def test_a_successor_told_in_the_paragraph_of_the_history() -> None:
    document = notice(
        _TITLE,
        "商务部于2013年6月27日发布2013年第36号公告，决定征收反倾销税。现应甲公司申请，商务部决定由新公司（New Inc.）"
        "继承甲公司（Alpha Inc.）在甲醛反倾销措施中所适用的19.6%的反倾销税税率及其他权利义务。"
        + _FOOT,
    )
    assert [(one.company_zh, one.rate) for one in read_checked(document).value] == [
        ("新公司", 19.6)
    ]


def test_the_full_stop_of_an_abbreviation_belongs_to_the_name() -> None:
    document = notice(
        _TITLE,
        _HEAD + "各公司税率如下：\n日本公司\n1.Alpha, Inc. 53.6%\n2.Beta Ltd......57%" + _FOOT,
    )
    assert [one.company_latin for one in read_checked(document).value] == [
        "Alpha, Inc.",
        "Beta Ltd",
    ]


def test_a_product_without_an_origin_in_the_title() -> None:
    document = notice(
        "关于对进口浆粕反倾销调查的初步裁定",
        "保证金比率如下：\n(一)美国公司：\n1.甲公司　29.8%\n2.其他美国公司　50.9%" + _FOOT,
    )
    assert {(one.product, one.origin) for one in read_checked(document).value} == {("浆粕", "美国")}


def test_several_companies_on_one_line() -> None:
    document = notice(
        _TITLE,
        _HEAD
        + "税率如下：\n日本公司：甲株式会社（Alpha Co., Ltd.）8.0%；乙株式会社 8.5%；其他日本公司 14.4%。\n"
        "韩国公司：丙公司（Gamma, Inc.）17.4%，其他韩国公司 41.7%。" + _FOOT,
    )
    assert short(read_checked(document)) == [
        ("日本", "甲株式会社", "Alpha Co., Ltd.", 8.0),
        ("日本", "乙株式会社", None, 8.5),
        ("日本", "其他日本公司", None, 14.4),
        ("韩国", "丙公司", "Gamma, Inc.", 17.4),
        ("韩国", "其他韩国公司", None, 41.7),
    ]


def test_a_list_of_changed_rates() -> None:
    document = notice(
        _TITLE, _HEAD + "反倾销税税率调整如下：\n韩国甲株式会社　　由6.5%调整为4.2%" + _FOOT
    )
    assert [one.rate for one in read_checked(document).value] == [4.2]


def test_rates_that_are_announced_and_not_read_are_doubt() -> None:
    document = notice(_TITLE, _HEAD + "税率如下：\n甲乙丙丁戊 4.2%至6.5%不等" + _FOOT)
    reading = read(document)
    assert reading.value == ()
    assert reading.warnings == ("duty_rates: the text announces rates that were not read",)


def test_the_line_for_all_companies_of_another_country_behind_a_list() -> None:
    document = notice(
        "关于对原产于日本、韩国和印度尼西亚的进口甲钢反倾销调查最终裁定的公告",
        "自2024年4月20日起，对原产于日本、韩国和印度尼西亚的进口甲钢征收反倾销税，实施期限为5年。\n"
        "各公司的反倾销税税率如下：\n日本公司\n1.甲制铁株式会社 18.1%\n（Alpha Steel Co., Ltd.）\n"
        "2.其他日本公司 29.0%\n印度尼西亚公司 20.2%\n（All Companies）\n韩国企业：\n1.乙钢铁株式会社 23.1%"
        + _FOOT,
    )
    assert [(one.origin, one.rate) for one in read_checked(document).value] == [
        ("日本", 18.1),
        ("日本", 29.0),
        ("印度尼西亚", 20.2),
        ("韩国", 23.1),
    ]


def test_the_origin_in_a_table_is_a_place() -> None:
    document = notice(
        _TITLE,
        "<p>自2024年4月20日起，对原产于日本和韩国的进口甲醛征收反倾销税，为期5年。</p><table>"
        "<tr><th>国家</th><th>公司</th><th>税率</th></tr>"
        "<tr><td>日本公司</td><td>甲株式会社</td><td>43%</td></tr>"
        "<tr><td>韩国公司</td><td>其他韩国公司</td><td>18%</td></tr></table>"
        "<p>商务部</p><p>2024年4月19日</p>",
    )
    assert [one.origin for one in read_checked(document).value] == ["日本", "韩国"]


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("该产品归在《中华人民共和国进出口税则》：39071010。", ("39071010",)),
        (
            "被调查产品归在《中华人民共和国进出口税则》税则号：4002.3910、4002.3990。",
            ("40023910", "40023990"),
        ),
        (
            "税则号列：28042900和28043000，该税则号项下其他产品不在范围之内。",
            ("28042900", "28043000"),
        ),
        ("该产品不包括税则号39071090项下的产品，税则号为39071010。", ("39071010",)),
        ("税则号为39071010，税则号39079910项下的产品除外。", ("39071010",)),
        ("根据《中华人民共和国进出口税则》（2024）征收。", ()),
    ],
)
def test_customs_codes_of_the_product(words: str, codes: tuple[str, ...]) -> None:
    document = notice(_TITLE, _HEAD + words + "\n税率如下：\n1.甲公司（Alpha Inc.） 37.7%" + _FOOT)
    reading = read_checked(document)
    assert [one.hs_codes for one in reading.value] == [codes]
    found = quotes(document, reading)
    assert [
        "".join(filter(str.isdigit, found[f"duty_rates[0].hs_codes[{place}]"]))
        for place in range(len(codes))
    ] == list(codes)


def test_margins_by_which_deposits_are_paid() -> None:
    document = notice(
        "关于原产于美国的进口正丙醇反倾销调查初步裁定的公告",
        "自2024年4月20日起，进口经营者应依据初裁所确定的各公司的倾销幅度向海关提供相应的保证金。\n"
        "各公司的倾销幅度如下：\n1.甲公司（Alpha Inc.） 37.7%\n2.其他美国公司 40%" + _FOOT,
    )
    reading = read_checked(document)
    assert [(one.rate, one.stage) for one in reading.value] == [
        (37.7, "deposit"),
        (40.0, "deposit"),
    ]
    assert reading.warnings == ()


@pytest.mark.parametrize(
    "words",
    [
        "为避免双重征税，决定不征收反补贴税。",
        "调查机关裁定国内产业未受到实质损害，决定终止对原产于美国的进口正丙醇的反倾销调查。",
        "决定不采取临时反倾销措施。",
    ],
)
def test_margins_where_no_duty_is_levied(words: str) -> None:
    document = notice(
        "关于原产于美国的进口正丙醇反倾销调查裁定的公告",
        "各公司的倾销幅度如下：\n1.甲公司（Alpha Inc.） 37.7%\n2.其他美国公司 40%\n"
        + words
        + _FOOT,
    )
    reading = read(document)
    assert reading.value == ()
    assert reading.warnings == ("duty_rates: margins where no duty is levied are no rates",)


def test_the_last_day_of_a_measure_that_another_notice_began() -> None:
    document = notice(
        "公布对原产于美国的进口单模光纤反规避调查的裁定",
        "自2025年9月4日起，对原产于美国的进口单模光纤按照现行税率征收反倾销税：\n1.甲公司　37.9%\n（Alpha Inc.）\n"
        "本公告自2025年9月4日起执行，反倾销措施实施期限至2028年4月21日。\n商务部\n2025年9月3日",
    )
    assert [(one.since, one.last_day) for one in read_checked(document).value] == [
        (date(2025, 9, 4), date(2028, 4, 21))
    ]


def test_a_safeguard_whose_term_says_from_when() -> None:
    document = notice(
        "关于对进口牛肉采取保障措施的公告",
        "对进口牛肉以“国别配额及配额外加征关税”的形式采取保障措施，实施期限为3年，自2026年1月1日至2028年12月31日。\n"
        "超出年度配额的，加征关税税率为55%。\n商务部\n2025年12月31日",
    )
    assert [(one.rate, one.since, one.last_day) for one in read_checked(document).value] == [
        (55.0, date(2026, 1, 1), date(2028, 12, 31))
    ]


def test_the_origin_of_the_title_goes_before_those_of_the_notice_that_is_reviewed() -> None:
    document = notice(
        "关于原产于欧盟的进口邻二氯苯反倾销措施期中复审裁定的公告",
        "2014年1月22日，商务部发布2014年第1号公告，决定对原产于欧盟和日本的进口邻二氯苯征收反倾销税。\n"
        "商务部决定，自2024年4月20日起，将甲公司（Alpha GmbH）的反倾销税税率由18.3%调整为10.1%。"
        + _FOOT,
    )
    assert short(read_checked(document)) == [("欧盟", "甲公司", "Alpha GmbH", 10.1)]


def test_the_rate_of_a_new_exporter() -> None:
    document = notice(
        "关于原产于美国的进口正丙醇新出口商复审裁定的公告",
        "2020年11月17日，商务部发布2020年第52号公告，决定对原产于美国的进口正丙醇征收反倾销税，实施期限为5年。\n"
        "商务部裁定，甲公司（Alpha LLC）作为新出口商，单独适用5.5%的反倾销税税率。"
        "自2024年5月1日起，进口经营者进口甲公司的正丙醇时，应缴纳相应的反倾销税。" + _FOOT,
    )
    (value,) = read_checked(document).value
    assert (value.company_latin, value.rate, value.stage, value.since, value.last_day) == (
        "Alpha LLC",
        5.5,
        "duty",
        date(2024, 5, 1),
        None,
    )


def test_a_company_under_its_new_name() -> None:
    document = notice(
        "关于丁公司更名后适用反倾销税税率的公告",
        "2023年5月1日，商务部发布2023年第10号公告，决定对原产于日本的进口甲苯征收反倾销税。\n"
        "经审查，丁株式会社（Delta Co., Ltd.）更名为戊株式会社（Epsilon Co., Ltd.），商务部决定，自本公告发布之日起，"
        "戊株式会社适用丁株式会社6.2%的反倾销税税率。\n"
        "以丁株式会社名称出口的甲苯适用其他日本公司33%的反倾销税税率。" + _FOOT,
    )
    assert short(read_checked(document)) == [
        ("日本", "戊株式会社", None, 6.2),
        ("日本", "丁株式会社", None, 33.0),
    ]


# Duties on top of the tariff's

_ADDITIONAL = "国务院关税税则委员会关于对原产于美国的进口商品加征关税的公告"
_BEFORE = "《关于对原产于美国的进口商品加征关税的公告》（税委会公告2024年第3号）"


def added(*lines: str, title: str = _ADDITIONAL) -> Reading[tuple[DutyRate, ...]]:
    foot = ("国务院关税税则委员会", "2024年4月19日")
    document = notice(title, "\n".join(["税委会公告2024年第4号", *lines, *foot]))
    reading = read(document)
    check_evidence(document, reading, lambda one: {"product": one.product, "origin": one.origin})
    assert {(one.measure, one.company_zh) for one in reading.value} <= {("additional", None)}
    return reading


@pytest.mark.parametrize(
    ("lines", "rates"),
    [
        (
            (
                "经国务院批准，自2024年4月20日起，对原产于美国的进口商品加征关税。有关事项如下：",
                "一、对原产于美国的所有进口商品，在现行适用关税税率基础上加征34%关税。",
                "二、现行保税、减免税政策不变，此次加征的关税不予减免。",
                "三、对已征收反倾销税、反补贴税的商品，同样适用上述规定。",
            ),
            [("所有进口商品", 34.0)],
        ),
        (
            (
                "自2024年4月20日起，对原产于美国的部分进口商品加征关税。",
                "一、对菜子油、油渣饼、豌豆加征100%关税，具体商品范围见附件1。",
                "二、对附件2所列水产品加征25%的关税。",
                "三、对附件3所列商品继续不加征关税。",
            ),
            [("菜子油、油渣饼、豌豆", 100.0), ("附件2所列水产品", 25.0)],
        ),
        (
            (f"自2024年4月20日12时01分起，调整{_BEFORE}规定的加征关税税率，由34%提高至84%。",),
            [("进口商品", 84.0)],
        ),
        (
            (
                f"自2024年4月20日起，调整{_BEFORE}规定的加征关税税率，由34%调整为10%，在90天内暂停实施24%的税率。",
            ),
            [],
        ),
        (
            ("自2024年4月20日起，对附件2所列商品加征关税，税率为25%。",),
            [("附件2所列商品", 25.0)],
        ),
        (("美国宣布对原产于中国的商品加征25%关税，商务部将研究。",), []),
        (("如美方不撤回，将对原产于美国的商品加征25%关税。",), []),
        (("决定不对原产于美国的玉米加征25%关税。",), []),
        (("自2024年4月20日起，暂停对原产于美国的汽车加征25%关税。",), []),
        (("2023年4月2日，税委会公告2023年第6号决定对猪肉加征25%关税。",), []),
    ],
)
def test_duties_on_top_of_the_tariff(
    lines: tuple[str, ...], rates: list[tuple[str, float]]
) -> None:
    reading = added(*lines)
    assert [(one.product, one.rate) for one in reading.value] == rates
    assert {(one.origin, one.stage, one.since) for one in reading.value} <= {
        ("美国", "duty", date(2024, 4, 20))
    }


def test_a_numbered_company_whose_name_ends_as_no_company_does() -> None:
    reading = read_checked(
        notice(
            _TITLE,
            _HEAD + "对各公司征收的反倾销税税率如下：\n1.甲乳业 21.9%\n（Alpha Dairy S.p.A.）\n"
            "2.其他日本公司 42.7%" + _FOOT,
        )
    )
    assert [(one.company_zh, one.company_latin, one.rate) for one in reading.value] == [
        ("甲乳业", "Alpha Dairy S.p.A.", 21.9),
        ("其他日本公司", None, 42.7),
    ]


def test_rates_that_are_said_of_the_others_and_rows_with_a_colon() -> None:
    said = "各公司的反倾销税税率如下：\n1.甲株式会社的税率为9%\n2.其他日本公司的税率仍为22.4%"
    reading = read_checked(notice(_TITLE, _HEAD + said + _FOOT))
    assert [one.company_zh for one in reading.value] == ["甲株式会社", "其他日本公司"]
    line = "各公司的反倾销税税率如下：\n甲株式会社：9%；其他日本公司：22.4%。"
    reading = read_checked(notice(_TITLE, _HEAD + line + _FOOT))
    assert [one.company_zh for one in reading.value] == ["甲株式会社", "其他日本公司"]


@pytest.mark.parametrize(
    ("term", "last_day"),
    [("五、自2024年4月20日起，实施期限5年。", date(2029, 4, 19)), ("", None)],
)
def test_deposits_before_the_duty_are_not_its_term(term: str, last_day: date | None) -> None:
    reading = read_checked(
        notice(
            "关于对原产于欧盟的进口猪肉反倾销调查最终裁定的公告",
            "自2024年4月20日起，对原产于欧盟的进口猪肉征收反倾销税。\n税率如下：\n1.所有欧盟公司 19.8%\n"
            "自2023年9月10日起至2024年4月19日有关进口经营者所提供的保证金，按最终裁定计征并转为反倾销税。\n"
            + term
            + _FOOT,
        )
    )
    assert [(one.since, one.last_day) for one in reading.value] == [(date(2024, 4, 20), last_day)]


def test_goods_of_a_sentence_have_the_origin_that_it_names_first() -> None:
    reading = read(
        notice(
            "国务院关税税则委员会公告",
            "税委会公告2024年第5号\n自2024年4月20日起，对原产于美国的大豆加征10%关税；对鸡肉、小麦加征15%关税。\n"
            "国务院关税税则委员会\n2024年4月19日",
        )
    )
    assert [(one.product, one.origin, one.rate) for one in reading.value] == [
        ("大豆", "美国", 10.0),
        ("鸡肉、小麦", "美国", 15.0),
    ]
    assert reading.warnings == ()
    nowhere = read(
        notice(
            "国务院关税税则委员会公告",
            "自2024年4月20日起，对鸡肉加征15%关税。\n国务院关税税则委员会\n2024年4月19日",
        )
    )
    assert nowhere.warnings == ("duty_rates[0].origin: the text does not say of which",)


def test_origins_before_companies_in_the_cells_of_a_table() -> None:
    table = (
        "<table><tr><td>公司</td><td>税率</td></tr>"
        "<tr><td>日本：甲株式会社（Alpha KK）</td><td>10.2%</td></tr>"
        "<tr><td>日本：其他公司</td><td>20.4%</td></tr>"
        "<tr><td>韩国：乙公司（Beta Corporation）</td><td>5.1%</td></tr></table>"
    )
    head, foot = (paragraphs(text.splitlines()) for text in (_HEAD, _FOOT))
    assert short(read(notice(_TITLE, head + "<p>各公司的税率如下：</p>" + table + foot))) == [
        ("日本", "甲株式会社", "Alpha KK", 10.2),
        ("日本", "其他公司", None, 20.4),
        ("韩国", "乙公司", "Beta Corporation", 5.1),
    ]


def test_a_country_beside_the_first_of_its_companies_is_that_of_all() -> None:
    cells = [
        "国家|公司|税率",
        "日本|甲株式会社|12.3%",
        "|其他|45.6%",
        "韩国|乙株式会社|7.8%",
        "|其他|9.1%",
    ]
    rows = "".join(
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in row.split('|'))}</tr>" for row in cells
    )
    head, foot = (paragraphs(text.splitlines()) for text in (_HEAD, _FOOT))
    reading = read(notice(_TITLE, f"{head}<p>各公司的税率如下：</p><table>{rows}</table>{foot}"))
    assert [(one.origin, one.rate) for one in reading.value] == [
        ("日本", 12.3),
        ("日本", 45.6),
        ("韩国", 7.8),
        ("韩国", 9.1),
    ]
    assert reading.warnings == ()


def test_an_unnumbered_company_in_a_list_of_margins_by_which_deposits_are_paid() -> None:
    reading = read(
        notice(
            "关于对原产于日本的进口二氯二氢硅反倾销调查初步裁定的公告",
            "自2024年4月20日起，进口经营者应依据各公司的倾销幅度向海关提供保证金。\n各公司的倾销幅度如下：\n"
            "信越化学 81.2%\n其他日本公司 99.2%" + _FOOT,
        )
    )
    assert [(one.company_zh, one.rate) for one in reading.value] == [
        ("信越化学", 81.2),
        ("其他日本公司", 99.2),
    ]
