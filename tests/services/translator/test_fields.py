"""Lines in which the parser has read a field are rendered from its value, all others by rules."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.translator.draft import Rendered, draft
from services.translator.glossary import glossary
from services.translator.rules.fields import field_spans, own_names
from services.translator.rules.lines import render
from services.translator.sentence import Sentence
from shared.notice import Evidence, ListedEntity, Notice

ON = date(2018, 9, 5)
GLOSSARY = glossary().on(ON)


def rendered(body: str, *evidence: tuple[str, str], **fields: Any) -> str:
    """The English of a body text; `evidence` are fields and the text that each was read from."""
    read = tuple(
        Evidence(
            field=field,
            source="body_text",
            start=body.index(printed),
            end=body.index(printed) + len(printed),
        )
        for field, printed in evidence
    )
    notice = Notice(
        page_kind="notice",
        layout="2018",
        layout_confidence=1.0,
        parser_version=1,
        body_text=body,
        evidence=read,
        **fields,
    )
    drafted = draft(body, GLOSSARY, field_spans(notice, "body_text"))
    return drafted.assembled(dict.fromkeys(drafted.left(), Rendered(None)))


NUMBER = {"document_number": "商务部公告2018年第68号"}


@pytest.mark.parametrize(
    ("body", "evidence", "fields", "english"),
    [
        ("【发布文号】公告2018年第68号", [("document_number", "公告2018年第68号")], NUMBER, "[Document number] Announcement No. 68 of 2018 of the Ministry of Commerce"),
        ("【发布文号】2018年第68号", [("document_number", "2018年第68号")], NUMBER, "[Document number] Announcement No. 68 of 2018 of the Ministry of Commerce"),
        ("【发布单位】商务部【发布文号】公告2018年第68号【发布日期】2018-9-5", [("issuers[0]", "商务部"), ("document_number", "公告2018年第68号"), ("issued_on", "2018-9-5")], NUMBER | {"issuers": ("商务部",), "issued_on": ON}, "[Issued by] Ministry of Commerce [Document number] Announcement No. 68 of 2018 of the Ministry of Commerce [Date of issue] September 5, 2018"),
        ("商 务 部　　海 关 总 署", [("issuers[0]", "商 务 部"), ("issuers[1]", "海 关 总 署")], {"issuers": ("商务部", "海关总署")}, "Ministry of Commerce; General Administration of Customs"),
        ("二OO四年三月十二日", [("issued_on", "二OO四年三月十二日")], {"issued_on": date(2004, 3, 12)}, "March 12, 2004"),
        ("各省、自治区、直辖市商务主管部门", [("addressees[0]", "各省、自治区、直辖市商务主管部门")], {"addressees": ("各省、自治区、直辖市商务主管部门",)}, "Competent commerce authorities of provinces, autonomous regions and municipalities directly under the central government"),
    ],
)  # fmt: skip
def test_a_line_is_rendered_from_what_the_parser_read_in_it(
    body: str, evidence: list[tuple[str, str]], fields: dict[str, Any], english: str
) -> None:
    assert rendered(body, *evidence, **fields) == english


@pytest.mark.parametrize(
    ("body", "evidence", "fields"),
    [
        # The text at the evidence says more than the value, or something else.
        ("商务部发布2018年第68号公告", [("document_number", "商务部发布2018年第68号公告")], NUMBER),
        ("公告2018年第86号", [("document_number", "公告2018年第86号")], NUMBER),
        ("2018年9月6日", [("issued_on", "2018年9月6日")], {"issued_on": ON}),
        ("商务部令第7号", [("issuers[0]", "商务部令第7号")], {"issuers": ("商务部",)}),
        # There is more in the line than the evidence.
        ("有关企业应当遵守公告2018年第68号", [("document_number", "公告2018年第68号")], NUMBER),
        # There is no such value.
        ("商务部", [("issuers[3]", "商务部")], {"issuers": ("海关总署",)}),
        ("2018年9月5日", [("issued_on", "2018年9月5日")], {}),
    ],
)  # fmt: skip
def test_what_says_more_than_its_value_is_left_to_the_other_rules(
    body: str, evidence: list[tuple[str, str]], fields: dict[str, Any]
) -> None:
    assert rendered(body, *evidence, **fields) == rendered(body)


LISTED = (
    ("莱多斯公司", "Leidos"),
    ("立方公司", "Cubic Corporation"),
    ("托德·斯坦恩", "Todd Stein"),
    # One Chinese name of two bodies is the name of neither.
    ("双星公司", "Gemini Inc."),
    ("双星公司", "Twin Star LLC"),
    ("甲", "A"),
    ("某公司", None),
)


@pytest.mark.parametrize(
    ("sentence", "masked"),
    [
        ("决定将莱多斯公司（Leidos）、美国立方公司和托德·斯坦恩列入清单", "决定将ZQA、美国ZQB和托德·斯坦恩列入清单"),
        ("（一）托德·斯坦恩，男，莱多斯公司总裁", "（一）ZQA，男，ZQB总裁"),
        ("法律顾问托德·斯坦恩(Todd Stein)", "法律顾问ZQA"),
        ("魔立方公司、双星公司、甲、某公司", "魔立方公司、双星公司、甲、某公司"),
    ],
)  # fmt: skip
def test_what_a_notice_lists_keeps_its_own_name(sentence: str, masked: str) -> None:
    entities = tuple(
        ListedEntity(list="不可靠实体清单", action="add", name_zh=chinese, name_latin=latin)
        for chinese, latin in LISTED
    )
    notice = Notice(
        page_kind="notice",
        layout="2018",
        layout_confidence=1.0,
        parser_version=1,
        listed_entities=entities,
    )
    own = own_names(notice)
    assert Sentence(sentence, GLOSSARY.with_own(own)).masked.text == masked
    title = render(
        "关于将莱多斯公司、立方公司等3家美国企业列入不可靠实体清单的公告", GLOSSARY.with_own(own)
    )
    assert title.english == (
        "Announcement on Adding Three Enterprises of the United States Including Leidos and Cubic "
        "Corporation to the Unreliable Entity List"
    )


FIELDS = ("document_number", "issued_on", "issuers[0]", "issuers[1]", "addressees[0]", "title")
SPANS = st.lists(st.tuples(st.sampled_from(FIELDS), st.integers(0, 60), st.integers(0, 60)))


@given(st.text(alphabet="商务部公告2018年第68号月5日、：。\n\t 【】", max_size=50), SPANS)
def test_any_evidence_keeps_every_line_and_cell(
    body: str, spans: list[tuple[str, int, int]]
) -> None:
    notice = Notice(
        page_kind="notice",
        layout="2018",
        layout_confidence=1.0,
        parser_version=1,
        body_text=body,
        issuers=("商务部",),
        issued_on=ON,
        addressees=("商务部",),
        **NUMBER,
        evidence=tuple(
            Evidence(field=field, source="body_text", start=start, end=end)
            for field, start, end in spans
        ),
    )
    drafted = draft(body, GLOSSARY, field_spans(notice, "body_text"))
    english = drafted.assembled(dict.fromkeys(drafted.left(), Rendered(None)))
    assert (english.count("\n"), english.count("\t")) == (body.count("\n"), body.count("\t"))
