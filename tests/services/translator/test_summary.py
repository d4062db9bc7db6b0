"""The summary by template: what is listed, changed, due; two to five sentences, all of it in the source."""

from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest

from services.translator.glossary import glossary
from services.translator.summary.faithful import unfaithful, wellformed
from services.translator.summary.template import summarise
from shared.notice import (
    Annex,
    Attachment,
    Citation,
    Deadline,
    DutyRate,
    Evidence,
    ListedEntity,
    Notice,
    RegulatedItem,
)

ON = date(2025, 11, 7)
BEIJING = timezone(timedelta(hours=8))
GLOSSARY = glossary().on(ON)


def summed(title: str | None = None, text: tuple[str, ...] = (), **fields: Any) -> str:
    """The summary of a notice with these fields; whatever it says must be in them."""
    read: dict[str, Any] = {
        "page_kind": "notice",
        "layout": "made",
        "layout_confidence": 1.0,
        "parser_version": 1,
        "document_number": "商务部公告2025年第70号",
        "issuers": ("商务部",),
        "issued_on": ON,
        "body_text": "特此公告。",
    } | fields
    notice = Notice(**read)
    said = summarise(notice, title, text, GLOSSARY)
    assert unfaithful(notice, said, GLOSSARY) == []
    assert wellformed(said) == []
    return said


OPENING = "On November 7, 2025, the Ministry of Commerce issued Announcement No. 70 of 2025"


@pytest.mark.parametrize(
    ("title", "fields", "opening"),
    [
        (None, {}, f"{OPENING}."),
        ("Announcement No. 70 of 2025 of the Ministry of Commerce on Publishing the List", {}, f"{OPENING} on Publishing the List."),
        ("Publishing the List", {}, f"{OPENING} on Publishing the List."),
        ("Notice of the Ministry of Commerce on the list", {"document_number": "商贸函〔2025〕7号"}, "On November 7, 2025, the Ministry of Commerce issued Shang Mao Han [2025] No. 7, the Notice on the list."),
        (None, {"document_number": None, "document_type": "通知"}, "On November 7, 2025, the Ministry of Commerce issued a Notice."),
        ("Spokesperson answers", {"document_number": None, "issuers": (), "page_kind": "interview"}, "This is an interview of November 7, 2025: Spokesperson answers."),
        (None, {"issuers": ("某机构",)}, "This is Announcement No. 70 of 2025 of the Ministry of Commerce, dated November 7, 2025."),
    ],
)  # fmt: skip
def test_who_issued_what(title: str | None, fields: dict[str, Any], opening: str) -> None:
    assert summed(title, **fields).startswith(opening)


def test_what_it_suspends_in_what_part_and_until_when() -> None:
    until = datetime(2026, 11, 11, tzinfo=BEIJING)
    citations = (
        Citation(document_number="商务部公告2024年第46号", relation="suspends", clause="第二款", until=until),
        Citation(document_number="商务部公告2025年第61号", relation="suspends", until=until),
        Citation(document_number="商务部公告2025年第62号", relation="suspends", until=until),
        Citation(document_number="商务部令2016年第3号", relation="amends", clause="第五条第一款、第七条"),
        Citation(document_number="商务部令2016年第4号", relation="resumes", clause="其他条款"),
    )  # fmt: skip
    cited = "；".join(f"{one.document_number}{one.clause or ''}" for one in citations)
    body = f"暂停实施至2026年11月10日或恢复实施：{cited}"
    said = summed(citations=citations, body_text=body)
    assert (
        "It suspends paragraph 2 of Announcement No. 46 of 2024 of the Ministry of Commerce until "
        "November 10, 2026 and Announcements No. 61 and No. 62 of 2025 of the Ministry of Commerce "
        "until November 10, 2026."
    ) in said
    assert "It amends paragraph 1 of Article 5 and Article 7 of Order No. 3 of 2016" in said
    assert "It resumes parts of Order No. 4 of 2016" in said
    summary = summed(
        citations=citations[1:2],
        body_text=body,
        page_kind="interview",
        document_number=None,
        issuers=(),
    )
    assert "It says that this is suspended: Announcement No. 61 of 2025" in summary


def test_what_it_lists() -> None:
    entities = tuple(
        ListedEntity(list="不可靠实体清单", action="add", name_latin=name)
        for name in ("Alpha, Inc.", "Beta LLC")
    )
    said = summed(listed_entities=entities, annexes=(Annex(title="名单", text="1.甲"),))
    assert "It adds two entities (Alpha, Inc.; Beta LLC) to the Unreliable Entity List." in said
    assert "annex" not in said
    assert "It lists one item subject to export control." in summed(
        regulated_items=(RegulatedItem(name="镓", direction="export"),)
    )
    rates = tuple(
        DutyRate(measure="anti-dumping", product="丁基橡胶", origin=origin, rate=rate)
        for origin, rate in (("美国", 75.5), ("日本", 23.1))
    )
    assert (
        "It sets anti-dumping duty rates of 23.1% to 75.5% for imports from the United States and "
        "Japan, in two entries."
    ) in summed(body_text="75.5%和23.1%，美国、日本。", duty_rates=rates)


@pytest.mark.parametrize(
    ("annexes", "said"),
    [
        ((Annex(title="内外贸一体化试点地区名单", text="1.北京市\n2.上海市"),), "Its annex, the list of pilot areas for the integration of domestic and foreign trade, names two: Beijing and Shanghai."),
        ((Annex(title="内外贸一体化试点地区名单", text="1.北京市\n2.某地"),), "Its annex is the list of pilot areas for the integration of domestic and foreign trade."),
        ((Annex(title="某清单", text=""),), "It has an annex."),
        ((Annex(title="申请表", text=""), Annex(title="汇总表", text="")), "Its annexes are: application form; summary table."),
        ((Annex(title="甲", text=""), Annex(title="乙", text="")), "It has two annexes."),
    ],
)  # fmt: skip
def test_annexes(annexes: tuple[Annex, ...], said: str) -> None:
    body = "\n".join(annex.text for annex in annexes)
    assert said in summed(annexes=annexes, body_text=body)


def test_attachments_deadlines_and_effect() -> None:
    said = summed(
        attachments=(Attachment(name="附件1：管制物项清单.pdf", url="http://a"), Attachment(name="a4.doc", url="http://b")),
        deadlines=(
            Deadline(text="应当在出口后10个工作日内报告。", due="报告"),
            Deadline(text="请于2025年12月1日前报送。", due="报送", on=date(2025, 12, 1)),
        ),
        effective_on=date(2026, 1, 1),
        body_text="应当在出口后10个工作日内报告。请于2025年12月1日前报送。",
    )  # fmt: skip
    assert "It has two files attached." in said
    assert "It sets deadlines: within 10 working days of export; by December 1, 2025." in said
    assert "It takes effect on January 1, 2026." in said


def test_when_there_is_too_much_the_least_important_is_left_out() -> None:
    said = summed(
        addressees=("各省、自治区、直辖市商务主管部门",),
        attachments=(Attachment(name="申请表.doc", url="http://a"),),
        regulated_items=(RegulatedItem(name="镓"),),
        citations=(Citation(document_number="商务部公告2024年第46号", relation="repeals"),),
        deadlines=(Deadline(text="请于2025年12月1日前报送。", due="报送", on=date(2025, 12, 1)),),
        effective_on=date(2026, 1, 1),
        body_text="商务部公告2024年第46号同时废止。请于2025年12月1日前报送。",
    )
    assert "attached" not in said
    assert "addressed" not in said
    assert said.endswith("It takes effect on January 1, 2026.")


def test_several_addressees_are_named_by_their_line() -> None:
    """发展改革委 behind 各省 is not a national commission; where the line is not known nobody is named."""
    body = "各省商务主管部门、发展改革委：\n特此公告。"
    values = ("各省商务主管部门", "发展改革委")
    evidence = tuple(
        Evidence(field=f"addressees[{n}]", source="body_text", start=start, end=start + len(value))
        for n, value in enumerate(values)
        if (start := body.index(value)) >= 0
    )
    said = summed(body_text=body, addressees=values, evidence=evidence)
    assert (
        "It is addressed to competent commerce authorities and development and reform commissions "
        "of provinces."
    ) in said
    assert "addressed" not in summed(body_text=body, addressees=values)


def test_a_notice_of_few_fields_takes_a_sentence_of_its_text() -> None:
    said = summed(text=("Localities shall work well.", "More."))
    assert said == f"{OPENING}. Localities shall work well."
    assert summed() == f"{OPENING}. Its text has one paragraph."


def test_a_repeal_of_eleven_says_eleven() -> None:
    titles = [f"某某第{n}办法" for n in "甲乙丙丁戊己庚辛壬癸子"]
    cited = tuple(Citation(title=title, relation="repeals") for title in titles)
    body = "下列文件自本公告发布之日起废止：" + "、".join(f"《{title}》" for title in titles)
    assert "It repeals eleven documents." in summed(citations=cited, body_text=body)
    assert "It repeals one document." in summed(citations=cited[:1], body_text=body)


def test_what_is_only_spoken_of_or_beyond_its_power_changes_nothing() -> None:
    number = "商务部公告2025年第61号"
    negated = Citation(document_number=number, relation="repeals", mood="negated")
    foreign = Citation(
        document_number=number, relation="suspends", authority=False, reason="county"
    )
    said = summed(citations=(negated, foreign), body_text=f"{number}不废止。")
    assert "repeal" not in said
    assert "suspend" not in said


@pytest.mark.parametrize(
    ("of", "said"),
    [
        ("investigation", "It extends the period of the investigation of Announcement No. 38 of 2024"),
        ("measure", "It extends the measures of Announcement No. 38 of 2024"),
        (None, "It extends Announcement No. 38 of 2024"),
    ],
)  # fmt: skip
def test_an_investigation_that_is_extended_is_not_the_measure(of: Any, said: str) -> None:
    cited = Citation(document_number="商务部公告2024年第38号", relation="extends", object=of)
    body = "商务部公告2024年第38号。延长期限。"
    assert said in summed(citations=(cited,), body_text=body)


@pytest.mark.parametrize(
    ("kind", "day"), [("law", ""), ("notice", ""), ("news", " of March 4, 2026")]
)
def test_a_law_is_not_dated_by_its_page(kind: Any, day: str) -> None:
    fields: dict[str, Any] = {
        "page_kind": kind,
        "document_number": None,
        "issuers": (),
        "issued_on": None,
        "published_at": datetime(2026, 3, 4, 9, tzinfo=BEIJING),
    }
    said = summed("Foreign Trade Law", text=("A second line.", "A third one."), **fields)
    assert ("2026" in said) == bool(day)
    assert f"{day}: Foreign Trade Law." in said


def test_bans_licences_and_refusals_are_distinguished() -> None:
    items = (
        RegulatedItem(name="石墨", direction="export", measure="licence"),
        RegulatedItem(name="镓", direction="export", destination="美国", measure="denial"),
        RegulatedItem(name="锗", direction="export", destination="美国", measure="denial"),
        RegulatedItem(name="木炭", direction="import", destination="朝鲜", measure="ban"),
    )
    said = summed(regulated_items=items, body_text="对美国原则上不予许可；禁止自朝鲜进口。")
    assert "It lists one item subject to export control." in said
    assert (
        "It lists two items whose export to the United States is in principle not licensed." in said
    )
    assert "whose import from the Democratic People's Republic of Korea is prohibited." in said


def test_deposits_are_no_duties_and_a_suspension_has_its_end() -> None:
    rates = (
        DutyRate(measure="anti-dumping", product="油菜籽", rate=75.8, stage="deposit"),
        DutyRate(measure="anti-dumping", product="油菜籽", rate=75.8, stage="deposit"),
    )
    until = datetime(2026, 11, 11, tzinfo=BEIJING)
    suspended = ListedEntity(
        list="不可靠实体清单", action="suspend", name_latin="Alpha", until=until
    )
    said = summed(
        duty_rates=rates, listed_entities=(suspended,), body_text="反倾销保证金比率75.8%。暂停。"
    )
    assert "It sets an anti-dumping deposit rate of 75.8%, in two entries." in said
    assert (
        "It suspends the listing of one entity (Alpha) on the Unreliable Entity List until "
        "November 10, 2026." in said
    )
