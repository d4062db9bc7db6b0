"""Addresses in the forms that people have, and what is refused."""

from datetime import UTC, date, datetime
from urllib.parse import quote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.fetcher.addresses import (
    NotAnAddress,
    address_requested,
    capture_requested,
    in_scope,
    ledger_id,
    parse_address,
    seed_requested,
)
from shared.identity import request_id

PAGE = "http://www.mofcom.gov.cn/article/zwgk/gkgztz/202301/20230103378565.shtml"
AT = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "timestamp", "url", "prefix"),
    [
        (f"https://web.archive.org/web/20230111174105/{PAGE}", "20230111174105", PAGE, False),
        (f"https://web.archive.org/web/20230111174105id_/{PAGE}", "20230111174105", PAGE, False),
        (f"http://archive.example:8100/web/2023if_/{PAGE}", "2023", PAGE, False),
        (f"web.archive.org/web/20230111174105/{PAGE}", "20230111174105", PAGE, False),
        (f"https://web.archive.org/web/{PAGE}", None, PAGE, False),
        (f"https://web.archive.org/web/2023/{PAGE.replace('//', '/')}", "2023", PAGE, False),
        (f"https://web.archive.org/web/2023/{PAGE[7:]}", "2023", PAGE, False),
        (f"20230113054024/{PAGE}", "20230113054024", PAGE, False),
        (f"20230113054024id_/{PAGE}", "20230113054024", PAGE, False),
        (f"2/{PAGE}", "2", PAGE, False),
        (f"20000800241623/{PAGE}", "20000800241623", PAGE, False),
        (PAGE, None, PAGE, False),
        (f"  {PAGE}\n", None, PAGE, False),
        (PAGE[7:], None, PAGE, False),
        ("mofcom.gov.cn", None, "http://mofcom.gov.cn", False),
        ("HTTPS://English.MOFCOM.gov.cn/", None, "HTTPS://English.MOFCOM.gov.cn/", False),
        ("www.mofcom.gov.cn:8080/a", None, "http://www.mofcom.gov.cn:8080/a", False),
        ("http://www.mofcom.gov.cn/a?b=%E5%95%86&c=http://x/", None, None, False),
        ("http://www.mofcom.gov.cn/%e5%95%86.html#top", None, None, False),
        ("http://www.mofcom.gov.cn/web/2023/http://x/", None, None, False),
        ("http://www.mofcom.gov.cn/article/*", None, "http://www.mofcom.gov.cn/article/", True),
        ("aqygzj.mofcom.gov.cn*", None, "http://aqygzj.mofcom.gov.cn", True),
        (f"2023/{PAGE}*", "2023", PAGE, True),
        (f"https://web.archive.org/web/*/{PAGE}*", None, PAGE, True),
        (f"https://web.archive.org/web/2023*/{PAGE}*", "2023", PAGE, True),
    ],
)
def test_every_form_is_read(
    text: str, timestamp: str | None, url: str | None, prefix: bool
) -> None:
    address = parse_address(text)
    expected = url or text.partition("#")[0]
    assert (address.timestamp, address.url, address.prefix) == (timestamp, expected, prefix)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "empty"),
        ("   ", "empty"),
        (f"{PAGE} {PAGE}", "one address per line"),
        (f"{PAGE}\0", "one address per line"),
        ("x" * 5000, "longer than 4000"),
        ("http://www.example.com/", "a page of www.example.com, which is not mofcom.gov.cn"),
        ("http://mofcom.gov.cn.evil.com/", "is not mofcom.gov.cn"),
        ("http://evilmofcom.gov.cn/", "is not mofcom.gov.cn"),
        ("http://evil.com/mofcom.gov.cn", "is not mofcom.gov.cn"),
        ("http://evil.com\\.mofcom.gov.cn/", "is not a host name"),
        ("http://evil.com%2F.mofcom.gov.cn/", "is not a host name"),
        ("*.mofcom.gov.cn/", "asks for all sub-domains"),
        ("*", "has no host: give the whole address, e.g. http://www.mofcom.gov.cn/"),
        ("http://", "has no host"),
        ("https://*", "has no host"),
        ("http://:80/", "has no host"),
        ("/article/a.html", "has no host"),
        ("https://web.archive.org/web/2023/http://", "has no host"),
        ("http://www.mofcom.gov.cn@evil.com/", "user"),
        ("http://user:word@www.mofcom.gov.cn/", "user"),
        ("http://evil.com\\@www.mofcom.gov.cn/", "user"),
        ("ftp://www.mofcom.gov.cn/a", "ftp: is not http"),
        ("javascript:www.mofcom.gov.cn", "javascript: is not http"),
        ("file:///etc/passwd", "file: is not http"),
        ("http://127.0.0.1/", "is not mofcom.gov.cn"),
        ("http://[::1]/", "is not an address"),
        ("http://[::1", "is not a valid URL"),
        ("http://2130706433/", "is not an address"),
        ("http://0x7f.1/", "is not mofcom.gov.cn"),
        ("http://169.254.169.254/latest/meta-data", "is not mofcom.gov.cn"),
        ("http://www.mofcom.gov.cn:99999/", "is not a valid URL"),
        ("http://www.mofcom.gov.cn:x/", "is not a valid URL"),
        (f"202301130540245/{PAGE}", "more than 14 digits"),
        (f"20231345/{PAGE}", "month 13"),
        (f"20230132/{PAGE}", "day 32"),
        (f"https://web.archive.org/web/*/{PAGE}", "calendar"),
        (f"https://web.archive.org/web/2023*/{PAGE}", "calendar"),
        ("https://web.archive.org/web/2023/http://www.example.com/", "is not mofcom.gov.cn"),
        ("https://web.archive.org/", "no page of mofcom.gov.cn in it"),
    ],
)
def test_what_is_no_page_of_the_site_is_refused_with_what_is_wrong(text: str, problem: str) -> None:
    with pytest.raises(NotAnAddress, match=problem):
        parse_address(text)


@given(st.text(max_size=80) | st.from_regex(r"(\d{0,15}/)?(https?:/{0,3})?[a-z.@:%*/\\\[\]]{0,40}"))
def test_whatever_is_accepted_is_of_the_site(text: str) -> None:
    try:
        address = parse_address(text)
    except NotAnAddress:
        return
    parts = urlsplit(address.url)
    host = (parts.hostname or "").lower()
    assert parts.scheme.lower() in ("http", "https")
    assert host == "mofcom.gov.cn" or host.endswith(".mofcom.gov.cn")
    assert parts.username is None
    assert in_scope(address.url)


@given(st.from_regex(r"\A[a-z0-9%/_.~!$&'()+,;=:@-]{0,30}(\?[a-z0-9%/=&+-]{0,20})?[a-z0-9/]\Z"))
def test_path_and_query_are_kept_as_given(rest: str) -> None:
    url = f"http://www.mofcom.gov.cn/{rest}"
    assert parse_address(url).url == url
    assert parse_address(f"https://web.archive.org/web/20230111174105id_/{url}").url == url


def test_the_one_request_of_an_address() -> None:
    address = parse_address(f"20230113054024/{PAGE}")
    requested = address_requested(address, "cli", AT)
    request = capture_requested(address, requested)
    assert request.request_id == request_id(PAGE, "20230113054024", date(2026, 11, 23))
    assert (request.url, request.timestamp) == (PAGE, "20230113054024")
    assert request.address_id == requested.address_id
    assert ledger_id(address, requested) == request.request_id


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        (PAGE, "page"),
        ("http://images.mofcom.gov.cn/aqygzj/202501/20250102093012456.DOC", "attachment"),
        ("http://www.mofcom.gov.cn/a.shtml?file=1.pdf", "page"),
        ("https://www.mofcom.gov.cn/download?fileUrl=7c1&fileName=%E5%BD%95.pdf", "attachment"),
        ("https://www.mofcom.gov.cn/front/document/list?page=2", "page"),
    ],
)
def test_an_address_of_a_file_is_requested_as_an_attachment(url: str, kind: str) -> None:
    address = parse_address(url)
    assert capture_requested(address, address_requested(address, "cli", AT)).kind == kind


def test_a_prefix_is_listed_under_the_id_of_the_address() -> None:
    address = parse_address(f"{PAGE}*")
    requested = address_requested(address, "http", AT)
    assert ledger_id(address, requested) == requested.address_id


def test_the_same_address_is_new_on_another_day_but_never_for_a_seeds_line() -> None:
    address = parse_address(PAGE)
    later = AT.replace(day=24)
    asked = address_requested(address, "cli", AT).address_id
    assert asked == address_requested(address, "http", AT.replace(hour=1)).address_id
    assert asked != address_requested(address, "cli", later).address_id
    line = seed_requested(address, "a.txt", 3, AT)
    assert line.address_id == seed_requested(address, "b.txt", 9, later).address_id
    assert line.origin == "a.txt:3"


PASTED = "http://www.mofcom.gov.cn/article/b/c/201806/20180602755321.shtml"


@pytest.mark.parametrize(
    "line",
    [
        *(f"{PASTED}{end}" for end in "。，）)；;.,:'\">》」!、"),
        *(f"{PASTED}{end}" for end in ("？", "」", "…", "&", "\\", "。）", '".')),
        *(
            f"{PASTED}{mark}"
            for mark in "\u200b\u200e\u2060\ufeff\u00a0\u3000\u061c\ufe0f\u2028\ufffc"
        ),
        f"\ufeff\u200b{PASTED}",
        PASTED.replace("article", "arti\u00adcle"),
        PASTED.replace("http://", "http：／／").replace("www.", "www．"),
        PASTED.replace("www.mofcom.gov.cn", "www。mofcom。gov。cn"),
        PASTED.replace("http:", "ｈｔｔｐ："),
        PASTED.replace("www", "ｗｗｗ"),
        PASTED.translate({code: code + 0xFEE0 for code in range(ord("!"), ord("~"))}),
        PASTED.replace("http:", ""),
        PASTED.replace("http:", "http"),
        PASTED.replace("/", "\\"),
        PASTED.replace("http://www.", "hxxp://www[.]"),
        PASTED.replace(".cn/", ".cn./"),
        f'"{PASTED}"',
        f"<{PASTED}>",
        f"《{PASTED}》",
        f"（{PASTED}）",
        f"[公告](<{PASTED}>)",
        f"[公告]({PASTED})。",
        f"[[{PASTED}][公告]]",
        f'- [Announcement]({PASTED} "No. 47") (in Chinese)',
        f"- {PASTED}",
        f"* {PASTED}",
        f"1. {PASTED}",
        f"（12）{PASTED}",
        f"3、{PASTED}",
        f"{PASTED} # the order",
        f"{PASTED}#the order",
        f"{PASTED}（商务部公告2018年第47号）",
        f"{PASTED} （商务部公告2018年第47号）",
        f"商务部公告2018年第47号 {PASTED}",
        f"网址：{PASTED}",
        f"{PASTED}商务部公告2018年第47号",
        f"{PASTED},公告",
        f"{PASTED} // note",
        f"{PASTED}  -- a note",
        f"{PASTED} Announcement No. 47 of 2018",
        f"{PASTED}（2018年）",
        f"**{PASTED}**",
        f"*{PASTED}*",
        f"`{PASTED}`",
        f"[[{PASTED}|公告]]",
        f'<a href="{PASTED}" target="_blank">公告</a>',
        f"<loc>{PASTED}</loc>",
        f"url={PASTED}",
        f"GET {PASTED} HTTP/1.1",
        f"curl '{PASTED}'",
        f'{{"url": "{PASTED}"}}',
        f"https://web.archive.org/web/changes/{PASTED}",
        f"https://web.archive.org/details/{PASTED}",
        f"https://web.archive.org/screenshot/{PASTED}",
        f"https://translate.google.com/translate?sl=zh&tl=en&u={PASTED}",
        f"{PASTED.replace('www.mofcom.gov.cn', 'www-mofcom-gov-cn.translate.goog')}?_x_tr_sl=auto",
        f"https://link.zhihu.com/?target={PASTED.replace(':', '%3A')}",
        f"view-source:{PASTED}",
        f"https://web.archive.org/save/{PASTED}",
        f"https://web.archive.org/save/_embed/{PASTED}",
        f"https://web.archive.org/web/timemap/link/{PASTED}",
        f"https://web.archive.org/web/id_/{PASTED}",
        f"https://archive.ph/newest/{PASTED}",
        f"https://webcache.googleusercontent.com/search?q=cache:{PASTED}",
        f"https://webcache.googleusercontent.com/search?q=cache:aBc-1_23xYz:{PASTED}+&hl=zh",
        f"https://web.archive.org/cdx/search/cdx?url={PASTED}&output=json",
    ],
)
def test_an_address_is_found_in_what_people_paste(line: str) -> None:
    address = parse_address(line)
    assert (address.url.lower().partition("#")[0].partition("（")[0], address.timestamp) == (
        PASTED,
        None,
    )
    assert parse_address(address.text) == address


@pytest.mark.parametrize(
    "line",
    [
        f"{PASTED} 20230113054024",
        f"20230113054024 {PASTED}",
        f"{PASTED}\t20230113054024",
        f"{PASTED},20230113054024",
        f"20230113054024,{PASTED}",
        f"20230113054024,{PASTED}。",
        f"公告 {PASTED} 20230113054024 # seen in Harbin",
        f"{PASTED}，20230113054024",
        f"{PASTED} @ 20230113054024",
        f"{PASTED}（20230113054024）",
        f'"{PASTED}","20230113054024"',
        f"'{PASTED}','20230113054024'",
        f"公告,20230113054024,{PASTED}",
        f"{PASTED},公告,20230113054024",
        f"20230113054024, {PASTED}, text/html",
        f"20230113054024 {PASTED} 200",
        f"timestamp=20230113054024 url={PASTED}",
        f"2023-01-13T05:40:24Z {PASTED}",
        f"2023-01-13T13:40:24.5+08:00 {PASTED}",
        f"2023-01-13 05:40:24 {PASTED}",
        f"{PASTED},2023/1/13 5:40:24",
        f"2023年1月13日 05:40:24 {PASTED}",
        f"{PASTED} Fri, 13 Jan 2023 05:40:24 GMT",
        f'<http://web.archive.org/web/20230113054024/{PASTED}>; rel="memento"',
        f'cn,gov,mofcom)/a 20230113054024 {{"url": "{PASTED}", "mime": "text/html"}}',
        f'{{"urlkey": "cn,gov,mofcom)/a", "timestamp": "20230113054024", "url": "{PASTED}"}}',
        f'{{"url": "{PASTED}", "date": "2023-01-13T05:40:24Z"}}',
        f"/web/20230113054024/{PASTED}",
        f'<a href="/web/20230113054024/{PASTED}">公告</a>',
        f"//web.archive.org/web/20230113054024/{PASTED}",
        f"https://web.archive.org/web/diff/20190101000000/20230113054024/{PASTED}",
        f"https://archive.is/2023.01.13-054024/{PASTED}",
        f"https://megalodon.jp/2023-0113-1440-24/{PASTED.removeprefix('http://')}",
        f"cn,gov,mofcom)/article/b/c/2.shtml 20230113054024 {PASTED} text/html 200 AAAA 1234",
        f'["cn,gov,mofcom)/article/b/c/2.shtml", "20230113054024", "{PASTED}", "text/html"],',
        f"https://web.archive.org/web/20230113054024ID_/{PASTED}",
        f"https://web.archive.org/web/20230113054024/{PASTED.replace(':', '%3A').replace('/', '%2F')}",
        f"https://web.archive.org/web/20230113054024/{PASTED.replace(':', '%3A')}",
        f"https://web.archive.org/web/20240101000000/https://web.archive.org/web/20230113054024/{PASTED}",
        f"https://web.archive.org/wayback/available?url={PASTED}&timestamp=20230113054024",
        f"view-source:https://web.archive.org/web/20230113054024/{PASTED}",
        f"https://archive.ph/20230113054024/{PASTED}",
        f"https://arquivo.pt/wayback/20230113054024mp_/{PASTED}",
        f"https://arquivo.pt/noFrame/replay/20230113054024/{PASTED}",
        f"https://wayback.archive-it.org/1234/20230113054024/{PASTED}",
        f"https://webarchive.loc.gov/all/20230113054024/{PASTED}",
        f"https://www.webarchive.org.uk/wayback/archive/20230113054024/{PASTED}",
        f"http://timetravel.mementoweb.org/memento/20230113054024/{PASTED}",
        f"http://replay.waybackmachine.org/20230113054024/{PASTED}",
        f"http://localhost:8080/web/20230113054024mp_/{PASTED}",
    ],
)
def test_the_time_beside_or_before_an_address_is_found(line: str) -> None:
    address = parse_address(line)
    assert (address.url, address.timestamp) == (PASTED, "20230113054024")
    assert address.read_as == f"20230113054024/{PASTED}"
    assert parse_address(address.text) == address


@pytest.mark.parametrize(
    "date",
    ["2023-01-13", "2023/01/13", "2023.1.13", "2023年1月13日", "[2023-01-13]", "Jan 13, 2023"],
)
def test_a_date_is_a_time(date: str) -> None:
    for line in (f"{PASTED} {date}", f"{date} {PASTED}", f"公告\t{PASTED}\t{date}"):
        assert (parse_address(line).url, parse_address(line).timestamp) == (PASTED, "20230113")
    assert parse_address(f"2023-01-13/{PASTED}").timestamp == "20230113"


def test_a_row_of_any_depth_is_no_crash() -> None:
    deep = '{"url":' + "[" * 1900 + "]" * 1900 + "}"
    with pytest.raises(NotAnAddress):
        parse_address(deep)


def test_a_date_that_cannot_be_is_no_time() -> None:
    assert parse_address(f"2023-13-45 {PASTED}").timestamp is None


def test_a_year_is_a_time_next_to_the_address_only() -> None:
    assert parse_address(f"公告\t{PASTED}\t2023").timestamp == "2023"
    assert parse_address(f"Announcement No. 47 of 2018: {PASTED}").timestamp == "2018"
    assert parse_address(f"{PASTED} No. 47 of 2018").timestamp is None


@pytest.mark.parametrize(
    "url",
    [
        "http://www.mofcom.gov.cn/附件（1）.pdf",
        "http://www.mofcom.gov.cn/附件Ａ１.pdf",
        "http://www.mofcom.gov.cn/附件.doc（1）.pdf",
        "http://www.mofcom.gov.cn/公告(2023-01-13).pdf",
        "http://www.mofcom.gov.cn/a_(2023-01-13).shtml",
        "http://www.mofcom.gov.cn/公告",
        "http://search.mofcom.gov.cn/?q=稀土（出口），镓",
        "http://www.mofcom.gov.cn/a?b=1|2&c=2018-06-04",
        "http://www.mofcom.gov.cn/2018/06/04/a.shtml",
        "http://www.mofcom.gov.cn/a.shtml;jsessionid=0123456789ABCDEF",
        "http://www.mofcom.gov.cn/a_b_",
    ],
)
def test_what_belongs_to_a_url_stays(url: str) -> None:
    address = parse_address(url)
    assert (address.url, address.timestamp) == (url, None)


def test_a_remark_in_brackets_behind_a_query_or_a_folder_is_none_of_it() -> None:
    for url in ("http://www.mofcom.gov.cn/a?id=1", "http://www.mofcom.gov.cn/a/"):
        assert parse_address(f"{url}（2018年）").url == url


def test_a_question_in_full_width_is_one() -> None:
    url = "http://www.mofcom.gov.cn/a.shtml"
    assert parse_address(f"{url}？id=1＆b=2").url == f"{url}?id=1&b=2"


def test_an_original_inside_an_index_question_keeps_its_own_encoding() -> None:
    original = "http://www.mofcom.gov.cn/%B9%AB%B8%E6/a.shtml"
    for asked in (original, quote(original, safe="")):
        url = f"https://web.archive.org/cdx/search/cdx?url={asked}&output=json"
        assert parse_address(url).url == original


def test_an_index_question_for_one_year_is_of_that_year() -> None:
    asked = f"https://web.archive.org/cdx/search/cdx?url={PASTED}*&from=2019&to="
    assert parse_address(f"{asked}2019").timestamp == "2019"
    assert parse_address(f"{asked}2020").timestamp is None


def test_an_index_question_for_a_prefix_is_a_prefix() -> None:
    asked = "https://web.archive.org/cdx/search/cdx?url=www.mofcom.gov.cn/article/b/"
    for query in ("*&output=json", "&matchType=prefix&from=2019&to=2020"):
        address = parse_address(asked + query)
        assert (address.url, address.prefix) == ("http://www.mofcom.gov.cn/article/b/", True)
    address = parse_address(f"{asked}&matchType=host")
    assert (address.url, address.prefix) == ("http://www.mofcom.gov.cn/", True)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (f"{PASTED} {PASTED}", "more than one address"),
        ("http://www.mofcom.gov.cn/article/my file.shtml", "percent-encoded"),
        ("http://www.mofcom.gov.cn/a/*/c.shtml", "has a \\* inside"),
        ("http://www.mofcom.gov.cn/a/*.shtml", "has a \\* inside"),
        ("https://web.archive.org/web/*/*.mofcom.gov.cn/*", "asks for all sub-domains"),
        (
            "https://web.archive.org/cdx/search/cdx?url=mofcom.gov.cn&matchType=domain",
            "sub-domains",
        ),
        ("http://www.mofcom.gov.cn/a/公告 附件.pdf", "percent-encoded"),
        ("http://www.mofcom.gov.cn/a/[0-9]+", "write each address out"),
        ("http://www.mofcom.gov.cn/a/2018{01..12}/", "write each address out"),
        ("https://archive.ph/AbCd1", "no page of mofcom.gov.cn in it"),
        ("./urls.txt", "is a file"),
        ("/home/me/x.warc.gz", "is a file"),
        ("C:\\Users\\me\\urls.txt", "is a file"),
        ("my.wacz", "is a file"),
        ("http://evil.com/?next=mofcom.gov.cn", "a page of evil.com"),
    ],
)
def test_a_refusal_names_what_is_wrong_with_this_line(line: str, problem: str) -> None:
    with pytest.raises(NotAnAddress, match=problem):
        parse_address(line)
