"""The country of those that a notice lists."""

import pytest

from services.parser.document.entity_lists.read import read
from tests.services.parser.document.documents import notice, quotes

HEAD = "根据《中华人民共和国出口管制法》等法律法规，商务部决定"
FOOT = "\n本公告自公布之日起实施。\n商务部\n2025年7月1日"


@pytest.mark.parametrize(
    ("title", "decided", "countries"),
    [
        ("公布名单", "将甲公司（Alpha Inc.）等1家美国实体列入出口管制管控名单。", ["美国"]),
        ("公布将1家日本实体列入出口管制管控名单", "将甲公司（Alpha Inc.）列入出口管制管控名单。", ["日本"]),
        ("公布名单", "将台湾地区8家实体中的甲公司（Alpha Inc.）列入出口管制管控名单。", [None]),
        ("公布名单", "将甲公司（Alpha Inc.）等8家台湾地区实体列入出口管制管控名单。", ["台湾地区"]),
        ("公布名单", "将参与对台湾地区军售的甲公司（Alpha Inc.）列入出口管制管控名单。", [None]),
        ("公布名单", "将美国PVH集团和甲公司（Alpha Inc.）列入出口管制管控名单。", ["美国", None]),
        (
            "关于美国军工企业的公告",
            "将雷神加拿大公司（Raytheon Canada）、甲公司（Alpha Inc.）列入出口管制管控名单。",
            [None, "美国"],
        ),
        ("关于美国企业和德国企业的公告", "将甲公司（Alpha Inc.）列入出口管制管控名单。", [None]),
    ],
)  # fmt: skip
def test_the_country_that_the_text_says(
    title: str, decided: str, countries: list[str | None]
) -> None:
    document = notice(title, HEAD + decided + FOOT)
    reading = read(document)
    assert [one.country for one in reading.value] == countries
    found = quotes(document, reading)
    for n, country in enumerate(countries):
        assert found.get(f"listed_entities[{n}].country") == country
