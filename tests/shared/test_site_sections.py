"""Where a page stands on the site, by its address."""

from itertools import pairwise

import pytest

from shared.site_sections import SectionKind, section_of

# Each ranks above the next.
RANKED = (
    "https://www.mofcom.gov.cn/zcfb/blgg/art/2025/art_0.html",
    "https://policy.mofcom.gov.cn/claw/clawContent.shtml?id=1",
    "http://exportcontrol.mofcom.gov.cn/article/zcfg/gnzcfg/gzjgfxwj/202410/1057.html",
    "http://www.mofcom.gov.cn/mofcom/zhinengjigou.shtml",
    "http://www.mofcom.gov.cn/article/ae/ag/201808/20180802778676.shtml",
    "http://big5.mofcom.gov.cn/gate/big5/www.mofcom.gov.cn/article/b/c/201806/1.shtml",
    "http://shtb.mofcom.gov.cn/article/zcfb/201806/20180602755321.shtml",
    "http://us.mofcom.gov.cn/article/jmxw/201806/20180602755321.shtml",
    "http://english.mofcom.gov.cn/article/policyrelease/201806/20180602755321.shtml",
    "http://gzly.mofcom.gov.cn/info/detail?id=1",
)


def test_sections_have_ranks() -> None:
    ranks = [section_of(url).rank for url in RANKED]

    assert all(above > below for above, below in pairwise(ranks)), ranks


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("HTTP://WWW.MOFCOM.GOV.CN:80//Article/B/c/201806/1.shtml", "policy"),
        ("www.mofcom.gov.cn/aarticle/b/c/200408/20040800260989.html", "policy"),
        ("https://mofcom.gov.cn/zcfb/zc/art/2025/art_0.html", "policy"),
        ("https://www.mofcom.gov.cn/b/c/1.html", "ministry"),
        ("https://www.mofcom.gov.cn", "ministry"),
        ("https://www.mofcom.gov.cn/zcfb/zcjd/art/2025/art_0.html", "interpretation"),
        ("https://www.mofcom.gov.cn/zcfb/comment/1.html", "board"),
        ("http://jianghe.mofcom.gov.cn/article/b/c/201806/1.shtml", "local"),
        ("http://www.mofcom.gov.cn.example.com/zcfb/1.html", "elsewhere"),
        ("http://evilmofcom.gov.cn/zcfb/1.html", "government"),
        ("https://www.example.com/www.mofcom.gov.cn/zcfb/1.html", "elsewhere"),
        ("http://[/zcfb/", "elsewhere"),
        ("", "elsewhere"),
    ],
)
def test_section_of_an_address(url: str, kind: SectionKind) -> None:
    assert section_of(url).kind == kind


@pytest.mark.parametrize(
    ("url", "publishes"),
    [(url, True) for url in RANKED[:7]]
    + [(url, False) for url in RANKED[7:]]
    + [("http://exportcontrol.mofcom.gov.cn/article/gjdt/202409/1034.html", False)],
)
def test_which_sections_publish_acts(url: str, publishes: bool) -> None:
    assert section_of(url).publishes_acts is publishes
