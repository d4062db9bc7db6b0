"""Any mutation of a page ends in a notice or a named error, in time."""

import random
import time
from collections.abc import Callable

import pytest

from services.parser.limits import MOST_BYTES, MOST_OPEN, check_depth
from services.parser.parse import TooDeep, TooLarge, UnreadablePage, parse
from shared.notice import Notice
from testing.corpus import GOLDEN

PAGES = [page.read_bytes() for page in sorted(GOLDEN.glob("*.html"))]
URL = "http://www.mofcom.gov.cn/article/b/c/201806/20180602755321.shtml"
MUTATIONS = 10_000
# Of the processor: some of what the service would take for too slow, and no busy machine.
LIMIT = 10.0
_TAGS = (
    b"<div>",
    b"</div>",
    b"<p>",
    b"</p>",
    b"<table>",
    b"</table>",
    b"<td>",
    b"<script>",
    b"<!--",
)
_SIGNS = "（）〔〕【】《》。：；、\u3000\u200b\x00年月日第号令公告附件商务部"


def _cut(body: bytes, chance: random.Random) -> bytes:
    start, end = sorted(chance.randrange(len(body) + 1) for _ in range(2))
    return body[:start] + body[end:]


def _stop(body: bytes, chance: random.Random) -> bytes:
    return body[: chance.randrange(len(body) + 1)]


def _double(body: bytes, chance: random.Random) -> bytes:
    start, end = sorted(chance.randrange(len(body) + 1) for _ in range(2))
    return body[:end] + body[start:]


def _recode(body: bytes, chance: random.Random) -> bytes:
    text = body.decode("utf-8", "replace")
    return text.encode(
        chance.choice(["gb18030", "utf-16", "big5", "utf-8-sig", "latin-1"]), "replace"
    )


def _unbalance(body: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randrange(1, 30)):
        place = chance.randrange(len(body) + 1)
        body = body[:place] + chance.choice(_TAGS) + body[place:]
    return body


def _spoil(body: bytes, chance: random.Random) -> bytes:
    spoilt = bytearray(body)
    for _ in range(chance.randrange(1, 200)):
        spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
    return bytes(spoilt)


def _scatter(body: bytes, chance: random.Random) -> bytes:
    text = list(body.decode("utf-8", "replace"))
    for _ in range(chance.randrange(1, 60)):
        text[chance.randrange(len(text))] = chance.choice(_SIGNS)
    return "".join(text).encode()


_KINDS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _cut,
    _stop,
    _double,
    _recode,
    _unbalance,
    _spoil,
    _scatter,
)


def _parsed(body: bytes) -> Notice | UnreadablePage:
    started = time.process_time()
    try:
        return parse(body, URL)
    except UnreadablePage as refused:
        return refused
    finally:
        assert time.process_time() - started < LIMIT


def test_ten_thousand_mutations() -> None:
    chance = random.Random(20221208)
    read = 0
    for _ in range(MUTATIONS):
        body = chance.choice(PAGES)
        for _ in range(chance.randrange(1, 3)):
            if body:
                body = chance.choice(_KINDS)(body, chance)
        result = _parsed(body)
        if isinstance(result, Notice):
            read += 1
            for evidence in result.evidence:
                if evidence.source == "body_text":
                    assert 0 <= evidence.start <= evidence.end <= len(result.body_text)
    assert read > MUTATIONS // 2


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"   \n",
        b"\x00" * 1000,
        b"%PDF-1.7\n" + bytes(range(256)) * 50,
        b"<" * 100_000,
        b"&" * 100_000,
        b"<!--" * 100_000,
        b"<script>" * 100_000,
        b"<p>" * 100_000,
        b"<a href='" * 50_000,
        b"<td>" * 50_000,
        b"<table><tr>" + b"<td>1</td>" * 50_000,
        b"<li><ul>" * 400,
        b"</div>" * 100_000,
        ("（" * 100_000).encode(),
        ("自" * 200_000).encode(),
        ("商务部" * 50_000).encode(),
        ("商务部、" * 50_000 + "公告2020年第1号").encode(),
        ("附件\n" * 50_000).encode(),
        ("【发布文号】" * 30_000).encode(),
        ("2022年12月8日\n商务部\n" * 20_000).encode(),
        ("公告第〔" * 50_000).encode(),
        ("一" * 200_000 + "〔2022〕1号").encode(),
        (" " * 500_000 + "来源：").encode(),
        ("<p>" + "\u3000" * 300_000 + "部长王</p>").encode(),
        (b"var title = '" + b"\\" * 200_000),
        (b"<script>location.href='" * 20_000),
        (b"<meta http-equiv=refresh content=" * 20_000),
        (b"(" * 1_500_000),
        ("来源：条法司 2027-01-05 10:00\n" * 30_000).encode(),
        (("决定将不可靠实体清单中的" + "由甲" * 150 + "。") * 1_000).encode(),
        ("暂停实施商务部公告2024年第1号，其他条款" * 20_000).encode(),
        "".join(f"<div id=zoom class=artCon>甲{place}</div>" for place in range(8_000)).encode(),
        ("有效期5年" * 30_000).encode(),
        ("如自2025年1月1日起对甲征收反倾销税，" * 5_000).encode(),
    ],
    ids=range(35),
)
def test_hostile_pages_end_in_time(body: bytes) -> None:
    for shape in (body, _inside(body)):
        assert isinstance(_parsed(shape), Notice | UnreadablePage)


def _inside(body: bytes) -> bytes:
    return (
        b'<html><head><meta charset="utf-8"></head><body><h1 id="artitle">\xe9\x80\x9a\xe7\x9f\xa5</h1>'
        b'<div id="zoom" class="artCon"><p>'
        + body.replace(b"\n", b"</p><p>")
        + b"</p></div></body></html>"
    )


def test_too_large() -> None:
    with pytest.raises(TooLarge):
        parse(b" " * (MOST_BYTES + 1), URL)


@pytest.mark.parametrize("tag", ["div", "span", "b", "table", "font", "x-y"])
def test_too_deep(tag: str) -> None:
    with pytest.raises(TooDeep):
        parse(f"<{tag}>".encode() * (MOST_OPEN + 1), URL)


@pytest.mark.parametrize(
    "block",
    [
        "<table><tr><td>",
        "<table><tr><td>一</td><td>二</td></tr><tr><td>",
        "<dl><dd>",
        "<ul class='u-newsList01'><li>",
        "<span>",
        "<div class=info>",
        "<div id=artitle class=artTitle>",
        "<div class=fujian>",
    ],
)
@pytest.mark.parametrize("inside", ["<p>文号：1</p>", "<a href=/a.pdf>甲</a>", "甲，乙。" * 100])
def test_much_in_nested_blocks(block: str, inside: str) -> None:
    with pytest.raises(TooDeep):
        check_depth(block * 400 + inside * (2_000_000 // len(inside)))
    # What is let through is read in time.
    assert _parsed((block * 400 + inside * (40_000 // len(inside))).encode())


def test_the_longest_table_is_not_too_deep() -> None:
    cell = '<td style="width:10%"><p><span style="font-size:12px">8471.5040</span></p></td>'
    row = f"<tr>{cell * 5}</tr>"
    check_depth(f"<html><body><div><div><div><table><tbody>{row * 10_000}</tbody></table>")


def test_deep_but_real() -> None:
    body = b"<div>" * 300 + "通知".encode() + b"</div>" * 300
    assert parse(body, URL).page_kind == "shell"


def test_tags_within_scripts_and_comments_do_not_count() -> None:
    body = b"<script>" + b'"<div>";' * 2_000 + b"</script><!--" + b"<div>" * 2_000 + b"--><p>x</p>"
    assert isinstance(parse(body, URL), Notice)
