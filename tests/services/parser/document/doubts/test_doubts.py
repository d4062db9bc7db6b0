"""Values that the words around them speak against have a warning."""

import pytest

from services.parser.document.doubts import read as doubts
from services.parser.document.unread import accounts
from shared.notice import Citation, Deadline, DutyRate, HsCode, RegulatedItem
from tests.services.parser.document.unread.test_unread import DUTIES, document_of

# What readers once document of a text: the text, the field, the words it was read from, the values.
MISREAD = [
    (
        "决定对某酸钾（海关商品编号2829900020）实施出口管制。",
        ("regulated_items[0].name", "决定对某酸钾"),
        {},
        "regulated_items[0].name",
    ),
    (
        "如有异议，请于9月7日前将意见送达。",
        ("deadlines[0].due", "如有异议，请于"),
        {"deadlines": (Deadline(text="", due=""),)},
        "deadlines[0].due",
    ),
    (
        "企业应当自合同生效之日起30日内备案。",
        ("deadlines[0].on", "自合同生效之日起30日内"),
        {"deadlines": (Deadline(text="", due=""),)},
        "deadlines[0].on",
    ),
    (
        "商务部、国家国防科工委、海关总署公告2006年第70号同时废止。",
        ("citations[0].document_number", "国防科工委、海关总署公告2006年第70号"),
        {"citations": (Citation(relation="repeals"),)},
        "citations[0].document_number",
    ),
    (
        "商务部公告2006年第70号并未废止。",
        ("citations[0].relation", "废止"),
        {"citations": (Citation(relation="repeals"),)},
        "citations[0].relation",
    ),
    (
        "全面禁止自缅甸进口瓷土。",
        ("regulated_items[0].name", "瓷土"),
        {"regulated_items": (RegulatedItem(name="瓷土", direction="import"),)},
        "regulated_items",
    ),
    (
        "1C999 甲合金（编号：8101940001）或乙合金（编号：8101940001）",
        (
            "regulated_items[0].name",
            "甲合金",
            "regulated_items[0].hs_codes[1].code",
            "8101940001",
        ),
        {
            "regulated_items": (
                RegulatedItem(
                    name="甲合金", hs_codes=(HsCode(code="8101940001", role="scope"),) * 2
                ),
            )
        },
        "regulated_items[0].hs_codes",
    ),
    (
        "（某贸〔1995〕77号一九九五年三月二日）\n各有关单位：现通知如下。",
        ("citations[0].document_number", "某贸〔1995〕77号"),
        {"full_number": None},
        "citations[0].document_number",
    ),
    (
        "决定不将甲公司列入不可靠实体清单。",
        ("listed_entities[0].action", "列入"),
        {},
        "listed_entities[0].action",
    ),
    (
        "决定将列入反制清单组织的子公司列入不可靠实体清单。",
        ("listed_entities[0].name_zh", "列入反制清单组织的子公司"),
        {},
        "listed_entities[0].name_zh",
    ),
]


@pytest.mark.parametrize(("text", "words", "values", "doubted"), MISREAD)
def test_a_misreading_is_doubted(
    text: str, words: tuple[str, ...], values: dict[str, object], doubted: str
) -> None:
    document = document_of(text)
    document.evidence = [
        document.body.evidence(field, start := text.rindex(quote), start + len(quote))
        for field, quote in zip(words[::2], words[1::2], strict=True)
    ]
    for name, value in values.items():
        setattr(document, name, value)
    document.accounts = accounts.read(document).value
    assert [one.split(":")[0] for one in doubts.read(document).warnings] == [doubted]


def test_a_company_of_another_country_is_doubted() -> None:
    document = document_of(DUTIES)
    document.duty_rates = (
        DutyRate(product="甲钢", origin="韩国", company_zh="印度尼西亚公司", rate=20.2),
    )
    assert doubts.read(document).warnings == (
        "duty_rates[0].origin: the company is called after 印度尼西亚",
    )


def test_documents_that_were_counted_and_not_read_are_doubted() -> None:
    document = document_of("《甲通知》等3件规范性文件同时废止。")
    assert [one for one in doubts.read(document).warnings if one.startswith("citations:")] == [
        "citations: the text counts 3 documents, 1 were read as changed"
    ]


@pytest.mark.parametrize(
    "text",
    [
        DUTIES,
        "商务部、海关总署公告2006年第70号同时废止。",
        "根据商务部公告2006年第70号，公告如下。",
        "企业应当自本公告公布之日起30日内备案。\n商务部\n2025年3月1日",
    ],
)
def test_right_readings_are_not_doubted(text: str) -> None:
    document = document_of(text)
    assert doubts.read(document).warnings == ()
