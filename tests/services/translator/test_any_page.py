"""Any page: the parser's golden pages and the bundled ones through the translator, and any text."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.parser.parse import parse
from services.translator.checks.check import check
from services.translator.draft import Rendered, draft
from services.translator.glossary import glossary
from services.translator.repair import repair
from services.translator.sentence import Sentence
from services.translator.summary.faithful import unfaithful
from tests.services.translator.fakes import at_once, translator

ON = date(2022, 12, 8)
GLOSSARY = glossary().on(ON)
_ROOT = Path(__file__).parents[3]
# A golden page has its reading beside it.
GOLDEN = [
    page
    for page in _ROOT.glob("tests/services/parser/golden/*.html")
    if page.with_suffix(".json").exists()
]
PAGES = sorted([*GOLDEN, *_ROOT.glob("seeds/pages/*.html")])
CHINESE = st.text(
    alphabet="商务部海关总署公告第年月日号一二三十万亿、，。；：（）“”《》〔〕关于的通知0123 %\t\nabAB&<>"
)
ENGLISH = st.text(alphabet="Ministry of Comerce and other 14 departments No. 3,5%()[]\"'<>。&;\n")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
async def test_a_page_without_any_engine(page: Path) -> None:
    """Nothing raises, each line stays a line, and the summary says only what the page says."""
    notice = parse(page.read_bytes(), "http://www.mofcom.gov.cn/article/b/c/1.shtml")
    translated = await translator()(notice, notice.issued_on, at_once)
    lines = (translated.text.text or "").split("\n")
    assert len(lines) == len(notice.body_text.split("\n"))
    assert translated.text.state in ("pending", "done")
    assert translated.summary.flags == ()
    assert translated.summary.text
    assert unfaithful(notice, translated.summary.text, GLOSSARY.on(notice.issued_on)) == []
    assert "⟦" not in translated.summary.text


@given(CHINESE, ENGLISH)
def test_checks_and_repairs_take_any_text(chinese: str, english: str) -> None:
    sentence = Sentence(chinese, GLOSSARY)
    assert isinstance(check(sentence, repair(sentence, english)), list)


@given(CHINESE)
def test_a_draft_keeps_every_line_and_cell(text: str) -> None:
    drafted = draft(text, GLOSSARY)
    assembled = drafted.assembled(dict.fromkeys(drafted.left(), Rendered(None)))
    assert assembled.count("\n") == text.count("\n")
    assert assembled.count("\t") == text.count("\t")
    for left in drafted.left():
        assert f"⟦{left.chinese}⟧" in assembled
