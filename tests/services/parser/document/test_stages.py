"""The table of stages: what they fill, in which order, and where reading can stop."""

import datetime
from typing import get_args, get_type_hints

import pytest

from services.parser.document import document as module
from services.parser.document.document import Document
from services.parser.document.force.effect import Effect
from services.parser.document.force.end import End
from services.parser.document.identity.history import History
from services.parser.document.identity.label_block import LabelBlock
from services.parser.document.identity.number import OwnNumber
from services.parser.document.identity.signature import Signature
from services.parser.document.parts.annexes import PrintedAnnex
from services.parser.document.stages import STAGES, read_stages
from services.parser.document.trade_remedies.stage import Remedy
from services.parser.document.unread.accounts import Accounted
from services.parser.layouts.page import Page, PageText
from shared.notice import Notice


def document(text: str = "一、某事。\n商务部\n2025年11月3日") -> Document:
    page = Page("test", 1.0, "notice", "关于某事的通知", PageText(text))
    return Document(page, "https://www.mofcom.gov.cn/")


def test_every_field_of_a_document_is_filled_by_the_stage_of_its_name() -> None:
    values = (
        Accounted,
        Effect,
        End,
        History,
        LabelBlock,
        OwnNumber,
        PrintedAnnex,
        Remedy,
        Signature,
    )
    types = vars(datetime) | {value.__name__: value for value in values}
    hints = get_type_hints(Document, vars(module), types)
    stages = {stage.name: stage for stage in STAGES}
    assert set(hints) - set(stages) == set()
    for name, hint in hints.items():
        (found,) = get_args(get_type_hints(stages[name].read)["return"])
        assert found == hint, name


def test_every_stage_is_of_a_document_or_of_a_notice() -> None:
    for stage in STAGES:
        assert stage.name in Notice.model_fields or stage.name in Document.__annotations__


def test_reading_stops_behind_a_stage() -> None:
    one = document()
    read = read_stages(one, last="signature")
    assert one.signature is not None
    assert [*read.found] == [
        *("language", "label_block", "masthead", "history", "number", "signature")
    ]
    with pytest.raises(AttributeError, match="page_kind"):
        one.page_kind  # noqa: B018


def test_a_stage_that_there_is_not() -> None:
    with pytest.raises(ValueError, match="no stage is called kind"):
        read_stages(document(), last="kind")


def test_stages_say_nothing_of_kinds_that_they_are_not_for() -> None:
    page = Page(
        "test", 1.0, "news", "某事", PageText("商务部公告2025年第1号\n商务部\n2025年11月3日")
    )
    read = read_stages(Document(page, "https://www.mofcom.gov.cn/"))
    assert read.found["document_number"] is None
    assert read.found["issuers"] == ()
    assert not any(one.field == "document_number" for one in read.evidence)


def test_evidence_counts_in_the_text_as_printed() -> None:
    one = document("自 2025 年 12 月 1 日起施行。\n商务部\n2025 年 11 月 3 日")
    words = {
        each.field: one.body.printed[each.start : each.end] for each in read_stages(one).evidence
    }
    assert words["issued_on"] == "2025 年 11 月 3 日"
    assert words["effective_on"] == "自 2025 年 12 月 1 日起施行"
