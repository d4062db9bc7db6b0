"""Pages in other languages: what they are, and no Chinese reading of them."""

from datetime import date

import pytest

from services.parser.document.foreign.dates import find_days, find_instants
from services.parser.parse import parse
from shared.notice import Notice
from testing.markup import page_2018, page_2026, paragraphs
from tests.services.parser.evidence import check_evidence

ENGLISH = "https://english.mofcom.gov.cn/Policies/AnnouncementsOrders/art/2025/art_0.html"
NEWS = (
    "http://english.mofcom.gov.cn/article/newsrelease/significantnews/202511/20251103012533.shtml"
)
TITLE = "MOFCOM Announcement No. 61 of 2025 on Export Control of Certain Items"
LINES = (
    "In accordance with the Export Control Law, it is hereby announced as follows:",
    "1. Exporters shall obtain a license for the items in Announcement No. 18 of 2025.",
    "This announcement shall come into force as of December 1, 2025.",
    "Ministry of Commerce of the People's Republic of China",
    "October 9, 2025",
)


NAMES = "".join(f"{n}. Alpha Defense Systems Holdings, Inc. (Delaware)；" for n in range(60))


def read(title: str, lines: tuple[str, ...] = LINES, url: str = ENGLISH) -> Notice:
    return parse(page_2026(title, paragraphs(lines)), url)


@pytest.mark.parametrize("layout", [page_2018, page_2026])
def test_an_announcement(layout: object) -> None:
    assert callable(layout)
    notice = parse(layout(TITLE, paragraphs(LINES)), ENGLISH)
    assert (notice.page_kind, notice.language, notice.title) == ("notice", "en", TITLE)
    assert notice.issued_on == date(2025, 10, 9)
    assert notice.body_text == "\n".join(LINES)
    assert notice.translation_of == "商务部公告2025年第61号"
    assert (notice.document_number, notice.issuers, notice.citations) == (None, (), ())
    assert (notice.effective_on, notice.deadlines, notice.unread) == (None, (), ())
    check_evidence(notice)


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("MOFCOM Announcement [2025] No. 61", "商务部公告2025年第61号"),
        ("Announcement No.61 of 2025 of the Ministry of Commerce", "商务部公告2025年第61号"),
        (
            (
                "Announcement No. 18 of 2025 of the Ministry of Commerce and the General Administration of "
                "Customs of China on Export Control of Certain Items"
            ),
            "商务部 海关总署公告2025年第18号",
        ),
        ("Order of the Ministry of Commerce (No. 4 of 2020)", "商务部令2020年第4号"),
        ("Decree No. 792 of the State Council", "国务院令第792号"),
        ("Announcement No. 1 of 2020, Ministry of Commerce", "商务部公告2020年第1号"),
        (
            "Announcement of the Unreliable Entity List Working Mechanism [2025] No. 7",
            "不可靠实体清单工作机制公告〔2025〕7号",
        ),
        # A body that is not known, no year, a number that the title only cites.
        ("Announcement No. 18 of 2025 of the Ministry of Commerce and the Bureau of Things", None),
        ("MOFCOM Announcement No. 61", None),
        ("Spokesperson on MOFCOM Announcement No. 61 of 2025", None),
        ("Notice on Suspending MOFCOM Announcement No. 61 of 2025", None),
    ],
)
def test_the_number_of_the_document_that_is_translated(title: str, number: str | None) -> None:
    assert read(title).translation_of == number


@pytest.mark.parametrize(
    ("title", "url", "kind"),
    [
        ("MOFCOM Spokesperson Answers Media Questions on the Entity List", NEWS, "interview"),
        ("MOFCOM Spokesperson's Remarks on Tariffs", NEWS, "news"),
        ("Commerce Minister Meets German Delegation", NEWS, "news"),
        ("MOFCOM Regular Press Conference (November 6, 2025)", NEWS, "news"),
        ("Export Control Law of the People's Republic of China", ENGLISH, "law"),
        ("Regulations on Export Control of Dual-Use Items", ENGLISH, "law"),
        ("Provisions on the Unreliable Entity List", ENGLISH, "notice"),
        # The title says nothing: the path does.
        ("List of Goods Subject to Licensing", ENGLISH, "notice"),
        ("List of Goods Subject to Licensing", NEWS, "news"),
        (TITLE, "http://gzly.mofcom.gov.cn/info/detail.html", "news"),
        (
            "Interpretation of the Provisions on the Unreliable Entity List",
            ENGLISH,
            "interpretation",
        ),
    ],
)
def test_page_kind(title: str, url: str, kind: str) -> None:
    notice = read(title, url=url)
    assert (notice.page_kind, notice.title) == (kind, title)


def test_a_law_is_of_the_day_of_its_adoption() -> None:
    adopted = "(Adopted at the 22nd Meeting of the Standing Committee on October 17, 2020)"
    lines = (adopted, "Article 1 This Law is enacted to safeguard national security.")
    notice = read("Export Control Law of the People's Republic of China", lines)
    assert notice.issued_on == date(2020, 10, 17)


def test_a_page_without_a_known_layout() -> None:
    html = """<title>MOFCOM Spokesperson Answers Questions on Dual-Use Items</title><body>
<div>Home &gt; <a href="/n/">News Release</a> &gt; Significant News</div>
<h1>MOFCOM Spokesperson Answers Questions on Dual-Use Items</h1>
<div>Updated: November 9, 2025 10:30 From: MOFCOM Type: Original</div>
<div class="content"><p>Q: The U.S. side announced measures on Nov. 8. What is your comment?</p>
<p>A: China has noted that. We will take the measures that are needed, and act on them.</p>
<p>(All information published on this website is authentic in Chinese. English is for reference.)</p>
</div>"""
    notice = parse(html.encode(), NEWS)
    assert notice.page_kind == "interview"
    assert notice.title == "MOFCOM Spokesperson Answers Questions on Dual-Use Items"
    assert str(notice.published_at) == "2025-11-09 10:30:00+08:00"
    assert notice.source == "MOFCOM"
    assert notice.body_text.startswith("Q: The U.S. side")
    assert notice.body_text.endswith("act on them.")


def test_a_visible_day_takes_the_hour_of_the_page_data() -> None:
    page = page_2018(TITLE, paragraphs(LINES), time="2025-10-09 17:55:00").decode()
    header = page.replace("文章来源：", "Thursday, October 09, 2025 Source: ")
    assert str(parse(header.encode(), ENGLISH).published_at) == "2025-10-09 17:55:00+08:00"
    other = page.replace("文章来源：", "Friday, October 10, 2025 Source: ")
    assert str(parse(other.encode(), ENGLISH).published_at) == "2025-10-10 00:00:00+08:00"


@pytest.mark.parametrize(
    ("url", "title", "text", "language"),
    [
        (ENGLISH, "商务部公告2025年第71号", "决定对Skydio, Inc.（Delaware）实施管制。", "zh"),
        ("https://www.mofcom.gov.cn/zcfb/1.html", "Skydio, Inc. 列入清单", "将其列入。", "zh"),
        ("https://www.mofcom.gov.cn/zcfb/1.html", TITLE, LINES[0], "en"),
        (ENGLISH, "商务部公告2025年第61号（英文）", LINES[0], "en"),
        ("https://www.mofcom.gov.cn/zcfb/1.html", "商务部公告", f"列入：{NAMES}", "zh"),
        ("http://french.mofcom.gov.cn/1.html", "Le ministre rencontre", "Le 8 novembre.", "fr"),
        ("http://german.mofcom.gov.cn/1.html", "商务部公告2025年第71号", "决定实施管制。", "zh"),
    ],
)
def test_language(url: str, title: str, text: str, language: str) -> None:
    assert read(title, (text,), url).language == language


@pytest.mark.parametrize(
    "printed",
    ["November 9, 2025", "Nov. 9th,2025", "9 November 2025", "2025-11-09", "9th of November, 2025"],
)
def test_days(printed: str) -> None:
    (day,) = find_days(f"on {printed} it was")
    assert day.value == date(2025, 11, 9)
    assert f"on {printed} it was"[day.start : day.end] == printed


@pytest.mark.parametrize("printed", ["November 31, 2025", "May 2025", "Marching 3, 2025"])
def test_no_days(printed: str) -> None:
    assert find_days(printed) == []


def test_hours() -> None:
    text = "Nov 9, 2025 3:05 PM; November 9, 2025 at 10:30; 2025-11-09 00:01:02"
    assert [f"{one.value:%H:%M}" for one in find_instants(text)] == ["15:05", "10:30", "00:01"]
