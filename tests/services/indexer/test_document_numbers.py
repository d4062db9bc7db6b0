"""Keys of notices, also from old events, which lack the parts of numbers."""

from datetime import date

import pytest

from services.indexer.document_numbers import notice_key, own_number, with_number_parts
from shared.notice import Citation, PageKind
from testing.indexer.events import notice

ADDRESS = "mofcom.gov.cn/a"


def test_an_older_event_gets_the_parts_of_its_numbers() -> None:
    cited = Citation(document_number="商务部 海关总署公告2024年第46号", relation="amends")
    read = with_number_parts(
        notice(document_number="公告2018年第47号", issuers=("商务部",), citations=(cited,))
    )

    parts = read.document_number_parts
    assert parts is not None
    assert (parts.issuers, parts.key) == (("商务部",), "商务部2018-47")
    (citation,) = read.citations
    assert citation.document_number_parts is not None
    assert citation.document_number_parts.key == "商务部2024-46"
    assert with_number_parts(read) is read


def test_what_names_no_number_has_no_parts() -> None:
    read = notice(document_number=None, citations=(Citation(title="《办法》", relation="basis"),))

    assert with_number_parts(read) is read


@pytest.mark.parametrize(
    ("kind", "number", "day", "key"),
    [
        ("notice", "商办建函〔2022〕318号", None, "商办建函2022-318"),
        ("law", "中华人民共和国主席令第67号", date(2002, 6, 29), "主席令第9届-67"),
        ("law", "中华人民共和国主席令第67号", date(2020, 12, 26), "主席令第13届-67"),
        ("law", "中华人民共和国主席令第67号", None, ADDRESS),
        ("notice", "商务部令第7号", date(2020, 9, 19), "商务部令2020-7"),
        ("notice", "商务部令第7号", None, ADDRESS),
        ("notice", "国务院令第399号", None, "国务院令-399"),
        ("notice", None, None, ADDRESS),
        ("news", "商务部公告2025年第1号", None, ADDRESS),
        ("interview", None, None, ADDRESS),
        ("index", None, None, None),
    ],
)
def test_a_notice_is_its_number_or_its_address(
    kind: PageKind, number: str | None, day: date | None, key: str | None
) -> None:
    read = with_number_parts(notice(page_kind=kind, document_number=number, issued_on=day))

    assert notice_key(read, ADDRESS) == key
    numbered = number is not None and kind in ("notice", "law")
    assert (own_number(read) is not None) == numbered
