"""The notices to which a list page links."""

from services.fetcher.save.named import named
from services.fetcher.watch.watch_list import Watched

LIST = "http://www.mofcom.gov.cn/zcfb/"
WATCHED = [
    Watched(LIST, "exact"),
    Watched("http://www.mofcom.gov.cn/zcfb/blgg/", "prefix"),
    Watched("http://www.mofcom.gov.cn/article/b/", "prefix"),
    Watched("http://cacs.mofcom.gov.cn/", "host"),
]


def links(*hrefs: str) -> list[str]:
    page = "".join(f'<li><a href="{href}">公告</a></li>' for href in hrefs)
    return list(named(f"<ul>{page}</ul>", LIST, WATCHED))


def test_notices_of_the_watch_list_each_once() -> None:
    art = "http://www.mofcom.gov.cn/zcfb/blgg/art/2025/art_8d1.html"
    old = "http://www.mofcom.gov.cn/article/b/c/201801/20180102697123.shtml"
    case = "https://cacs.mofcom.gov.cn/cacscms/case/ckys?caseId=1&year=2024#top"
    assert links(
        "/zcfb/blgg/art/2025/art_8d1.html",
        "blgg/art/2025/art_8d1.html#a",
        f" https{old[4:]} ",
        "//cacs.mofcom.gov.cn/article/2024/1.html",
        case,
    ) == [art, f"https{old[4:]}", "http://cacs.mofcom.gov.cn/article/2024/1.html"]


def test_no_navigation_no_other_column_no_other_site() -> None:
    assert (
        links(
            "/zcfb/blgg/",
            "/zcfb/blgg/index_2.html",
            "/xwfb/2025/1.html",
            "/zcfb/blggx/art/2025/1.html",
            "http://www.gov.cn/zcfb/blgg/2025/1.html",
            "javascript:void(2025)",
            "mailto:2025@mofcom.gov.cn",
            "http://[2025/",
            "",
        )
        == []
    )


def test_no_page_names_thousands() -> None:
    assert len(links(*(f"/zcfb/blgg/2025/{n}.html" for n in range(3000)))) == 500
