"""The seed record by rules and glossary alone: no engine, no network, nothing wrong."""

import re
from datetime import date
from pathlib import Path

import pytest

from services.parser.parse import parse
from services.translator.draft import draft
from services.translator.glossary import glossary
from services.translator.summary.faithful import unfaithful
from shared.notice import Notice
from shared.translation import Translation
from tests.services.translator.fakes import at_once, translator

PAGE = Path(__file__).parents[3] / "seeds" / "pages" / "2022-notice-pilot-areas.html"
URL = "http://www.mofcom.gov.cn/article/zwgk/gkgztz/202301/20230103378565.shtml"
SIGNED = (
    "General Office of the Ministry of Commerce",
    "General Office of the National Development and Reform Commission",
    "General Office of the Ministry of Education",
    "General Office of the Ministry of Industry and Information Technology",
    "General Office of the Ministry of Finance",
    "General Office of the Ministry of Transport",
    "General Office of the Ministry of Agriculture and Rural Affairs",
    "General Office of the People's Bank of China",
    "General Office of the General Administration of Customs",
    "General Office of the State Taxation Administration",
    "General Office of the State Administration for Market Regulation",
    "General Office of the China Banking and Insurance Regulatory Commission",
    "General Affairs Department of the State Administration of Foreign Exchange",
    "General Office of the China National Intellectual Property Administration",
)
REGIONS = (
    "Beijing",
    "Shanghai",
    "Jiangsu",
    "Zhejiang (including Ningbo)",
    "Fujian (including Xiamen)",
    "Hunan",
    "Guangdong (including Shenzhen)",
    "Chongqing",
    "Xinjiang Uygur Autonomous Region",
)


@pytest.fixture(scope="module")
def notice() -> Notice:
    return parse(PAGE.read_bytes(), URL)


@pytest.fixture
async def translation(notice: Notice) -> Translation:
    return await translator()(notice, notice.issued_on, at_once)


def text(translation: Translation) -> str:
    assert translation.text.text is not None
    return translation.text.text


def test_the_fourteen_signatories(translation: Translation) -> None:
    lines = text(translation).split("\n")
    date_line = lines.index("December 8, 2022")
    signed = "; ".join(lines[date_line - 7 : date_line])
    assert tuple(signed.split("; ")) == SIGNED


def test_both_document_numbers(notice: Notice, translation: Translation) -> None:
    assert text(translation).split("\n")[0] == "Shang Ban Jian Han [2022] No. 318"
    # The second stands in a sentence that only an engine can render; what it gets is masked.
    left = draft(notice.body_text, glossary().on(notice.issued_on)).left()
    hidden = [sentence.masked for sentence in left]
    english_terms = [english for one in hidden for english in one.english.values()]
    assert "Shang Jian Han [2022] No. 114" in english_terms
    assert not any("114号" in one.text or "等14部门" in one.text for one in hidden)


def test_title_and_departments(translation: Translation) -> None:
    assert translation.title.state == "done"
    assert translation.title.text == (
        "Notice of the General Offices of 14 Departments Including the Ministry of Commerce on "
        "Publishing the List of Pilot Areas for the Integration of Domestic and Foreign Trade"
    )


def test_the_nine_regions(translation: Translation) -> None:
    lines = text(translation).split("\n")
    assert tuple(lines[-9:]) == tuple(f"{n}. {name}" for n, name in enumerate(REGIONS, 1))


def test_addressees_heads_and_annex(translation: Translation) -> None:
    lines = text(translation).split("\n")
    assert lines[1] == (
        "Relevant departments and institutions of provinces, autonomous regions, municipalities "
        "directly under the central government, cities specifically designated in the state plan "
        "and the Xinjiang Production and Construction Corps:"
    )
    assert "I. Strengthening organizational leadership." in lines
    assert "Annex: List of pilot areas for the integration of domestic and foreign trade" in lines


def test_nothing_untranslated_passes_as_translated(translation: Translation) -> None:
    assert translation.state == translation.text.state == "pending"
    assert translation.text.reason == "no engine is set"
    outside = re.sub(r"⟦[^⟧]*⟧", "", text(translation))
    assert not re.search(r"[\u3400-\u9fff]", outside)
    assert text(translation).count("⟦") == translation.text.untranslated > 0


def test_every_fact_of_the_summary_is_in_the_source(
    notice: Notice, translation: Translation
) -> None:
    summary = translation.summary
    assert summary.state == "done"
    assert summary.text is not None
    assert unfaithful(notice, summary.text, glossary().on(notice.issued_on)) == []
    for fact in (
        "On December 8, 2022",
        "14 departments including the Ministry of Commerce",
        "Shang Ban Jian Han [2022] No. 318",
        "within one month of receiving the notice",
        "within 7 days of the end of each quarter",
        "names nine: Beijing, Shanghai",
    ):
        assert fact in summary.text
    assert 2 <= len(re.findall(r"\.(?: |$)", summary.text.replace("No. ", "No "))) <= 5


SEEDS_OWN = (
    "The Ministry of Commerce and other 14 departments have announced a list of pilot areas for "
    "the integration of domestic and foreign trade. The pilot regions include Beijing, Shanghai, "
    "Jiangsu, Zhejiang Province (including Ningbo), and other provinces, autonomous regions."
)


@pytest.mark.parametrize(
    ("said", "check"),
    [
        (SEEDS_OWN, "open list"),
        ("On December 9, 2022, the list was published. It names nine.", "number invented"),
        ("On December 8, 2022, 15 departments published it. It names nine.", "number invented"),
        ("It names Beijing, Shanghai and Hainan. Reports are due.", "name invented"),
        ("The Ministry of Justice issued it. It names nine.", "name invented"),
        ("It was issued on November 8, 2022. It names nine.", "number invented"),
        ("It takes effect in 2024. It names nine.", "number invented"),
        ("See https://evil.example for more. It names nine.", "address invented"),
        ("It names nine areas. All exports are exempt from licensing.", "act invented"),
        ("Here is the summary: nine areas. All is well.", "talks"),
    ],
)
def test_unfaithful_summaries_are_refused(notice: Notice, said: str, check: str) -> None:
    flags = unfaithful(notice, said, glossary().on(date(2022, 12, 8)))
    assert check in {flag.check for flag in flags}
