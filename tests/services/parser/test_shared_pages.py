"""The real pages beside the checkout: 25 of 2018-2019, the one of 2026, the trimmed ones."""

import re
from datetime import date, datetime
from pathlib import Path

import pytest

from services.parser.parse import parse
from shared.chinese.dates import BEIJING
from shared.notice import Notice
from testing.corpus import SHARED, shared
from tests.services.parser.evidence import check_evidence

PAGES = sorted((SHARED / "data/pages/www-2018-2019").glob("*.shtml"))
REDIRECTS = {
    "20181102806265": "https://www.fmprc.gov.cn/web/zyxw/t1612722.shtml",
    "20181102809883": "https://www.fmprc.gov.cn/web/zyxw/t1615809.shtml",
    "20181202814486": "http://www.scio.gov.cn/32344/32345/37799/39404/index.htm",
    "20190202836614": "http://www.mofcom.gov.cn/xwfbh//20190221.shtml",
    "20190202837048": "http://www.scio.gov.cn/32344/32345/39620/39877/index.htm",
    "20190202839036": "http://www.mofcom.gov.cn/xwfbh//20190228.shtml",
}
KINDS = {"20180802778676": "interview", "20190202838177": "interpretation"}
XKZJ = "data/pages/other/TRANSCRIBED_xkzj_tzgg_2026_art_7ad4508a20f04807b4926134a6f9d10c.html"
EXPORTCONTROL = (
    "data/pages/other/TRIMMED_exportcontrol_article_zcfg_gnzcfg_gzjgfxwj_202410_1057.html"
)
GKML = "data/pages/other/TRIMMED_www_zfxxgk_gkml_2025_art_fdc193e921ce4a298fe46e85c242b54e.html"


def read(path: str, url: str) -> Notice:
    notice = parse(shared(path).read_bytes(), url)
    check_evidence(notice)
    return notice


def test_all_25_pages_are_there() -> None:
    shared("data/pages/www-2018-2019")
    assert len(PAGES) == 25


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_page_of_2018_2019(page: Path) -> None:
    body = page.read_bytes()
    html = body.decode()
    url = _of(r'<meta content="([^"]+)" name="Url">', html)
    notice = parse(body, url)
    check_evidence(notice)
    assert notice.layout == "article-2018"
    assert notice.redirect_to == REDIRECTS.get(page.stem)
    expected = "redirect" if page.stem in REDIRECTS else KINDS.get(page.stem, "news")
    assert notice.page_kind == expected
    assert notice.title == " ".join(_of(r'<h1 id="artitle">([^<]+)</h1>', html).split())
    time = datetime.fromisoformat(_of(r'var tm = "([^"]+)"', html)).replace(tzinfo=BEIJING)
    assert notice.published_at == time
    assert notice.column == _of(r'<meta name="ColumnName" content="([^"]+)"', html)
    # None of them is a document: nothing may be made up.
    assert (notice.document_number, notice.issued_on, notice.issuers) == (None, None, ())
    if expected != "redirect":
        assert len(notice.body_text) > 60
        for furniture in ("版权所有", "意见反馈", "智能问答", "栏目页", "currentpage"):
            assert furniture not in notice.body_text


def _of(pattern: str, html: str) -> str:
    match = re.search(pattern, html)
    assert match is not None
    return match.group(1)


def test_notice_of_2026() -> None:
    notice = read(
        XKZJ, "https://xkzj.mofcom.gov.cn/tzgg/art/2026/art_7ad4508a20f04807b4926134a6f9d10c.html"
    )
    assert notice.page_kind == "notice"
    assert notice.layout == "jpaas-2024"
    assert notice.title == "公布《进口许可证管理货物目录（2026年）》"
    assert notice.document_number == "商务部 海关总署公告2025年第88号"
    assert notice.document_type == "公告"
    assert notice.issuers == ("商务部", "海关总署")
    assert notice.department == "外贸司"
    assert notice.issued_on == date(2025, 12, 30)
    assert notice.effective_on == date(2026, 1, 1)
    assert notice.published_at == datetime(2026, 1, 4, 18, 53, tzinfo=BEIJING)
    assert notice.source == "外贸司"
    assert notice.body_text.splitlines()[0] == "【发布单位】外贸司"
    assert notice.body_text.splitlines()[-3:] == ["商务部", "海关总署", "2025年12月30日"]
    (attachment,) = notice.attachments
    assert attachment.name == "进口许可证管理货物目录（2026年）.pdf"
    assert attachment.type == "pdf"
    assert attachment.url.startswith("https://xkzj.mofcom.gov.cn/api-gateway/")


def test_regulation_of_2024() -> None:
    notice = read(
        EXPORTCONTROL,
        "http://exportcontrol.mofcom.gov.cn/article/zcfg/gnzcfg/gzjgfxwj/202410/1057.html",
    )
    assert (notice.layout, notice.page_kind) == ("exportcontrol", "law")
    assert notice.title == "中华人民共和国两用物项出口管制条例"
    assert notice.document_number == "国务院令第792号"
    assert notice.issuers == ("国务院",)
    assert notice.issued_on == date(2024, 9, 30)
    assert notice.effective_on == date(2024, 12, 1)
    assert notice.published_at == datetime(2024, 10, 23, 14, 43, 23, tzinfo=BEIJING)
    assert "京ICP备" not in notice.body_text


def test_law_of_2025() -> None:
    notice = read(
        GKML,
        "https://www.mofcom.gov.cn/zfxxgk/gkml/art/2025/art_fdc193e921ce4a298fe46e85c242b54e.html",
    )
    assert (notice.layout, notice.page_kind) == ("jpaas-gkml", "law")
    assert notice.document_number == "主席令第67号"
    assert notice.document_number_raw == "中华人民共和国主席令\n第六十七号"
    assert notice.issued_on == date(2025, 12, 27)
    assert notice.effective_on == date(2026, 3, 1)


def test_fragment_of_2020() -> None:
    notice = read(
        "data/pages/other/FRAGMENT_www_art-con-bottonmLine_2020-10.html",
        "http://www.mofcom.gov.cn/article/xwfb/xwbldhd/202011/20201103012533.shtml",
    )
    assert (notice.layout, notice.page_kind) == ("article-2020", "news")
    lines = notice.body_text.splitlines()
    assert len(lines) == 4
    assert lines[0].startswith("10月22日下午")
    assert lines[-1].endswith("积极贡献。")


def test_firewall_stub_of_2019() -> None:
    notice = read(
        "data/pages/other/waf_interstitial_wscckey_2019.html",
        "http://www.mofcom.gov.cn/article/ae/sjjd/201901/20190102826598.shtml",
    )
    assert notice.page_kind == "blocked"
    assert notice.redirect_to is None
