"""Keys of notices, and events of the time before they carried the parts of numbers."""

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
    ("kind", "number", "key"),
    [
        ("notice", "商办建函〔2022〕318号", "商办建函2022-318"),
        ("law", "中华人民共和国主席令第67号", "主席令-67"),
        ("notice", None, ADDRESS),
        ("news", "商务部公告2025年第1号", ADDRESS),
        ("interview", None, ADDRESS),
        ("index", None, None),
    ],
)
def test_a_notice_is_its_number_or_its_address(
    kind: PageKind, number: str | None, key: str | None
) -> None:
    read = with_number_parts(notice(page_kind=kind, document_number=number))

    assert notice_key(read, ADDRESS) == key
    assert (own_number(read) is not None) == (key not in (ADDRESS, None))
