"""A notice for machines."""

from datetime import UTC, date, datetime
from typing import Any

from services.console.web.legislation import legislation

ROW: dict[str, Any] = {
    "title": "公布决定",
    "title_en": "Decision",
    "document_number": "商务部 海关总署公告2025年第70号",
    "issued_on": date(2025, 11, 7),
    "issuers": ["商务部", "某某局"],
    "status": "in force",
    "text_en": "Text",
    "archived_url": "https://web.archive.org/web/2025/x",
}
DETAILS = {
    "document_type": "公告",
    "published_at": datetime(2025, 11, 7, 2, tzinfo=UTC),
    "issuers_en": ["Ministry of Commerce", "某某局"],
}


def citation(relation: str, direction: str = "cites", **fields: Any) -> dict[str, Any]:
    return {
        "relation": relation,
        "direction": direction,
        "document_number": None,
        "title": None,
    } | fields


def test_what_is_known_is_said() -> None:
    cited = [
        citation("suspends", document_number="商务部公告2025年第61号"),
        citation("basis", title="中华人民共和国出口管制法"),
        citation("amends", "cited by", document_number="商务部公告2026年第1号"),
        citation("corrects", title="更正"),
        citation("explains", title="答记者问"),
        citation("mentions", document_number="海关总署令第9号"),
        citation("mentions"),
    ]
    assert legislation(ROW, DETAILS, cited, "http://x/n/1") == {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "@id": "http://x/n/1",
        "url": "http://x/n/1",
        "name": "公布决定",
        "alternateName": "Decision",
        "legislationIdentifier": "商务部 海关总署公告2025年第70号",
        "legislationType": "公告",
        "legislationJurisdiction": "CN",
        "legislationDate": "2025-11-07",
        "datePublished": "2025-11-07",
        "legislationPassedBy": [
            {"@type": "Organization", "name": "商务部", "alternateName": "Ministry of Commerce"},
            {"@type": "Organization", "name": "某某局"},
        ],
        "legislationLegalForce": "https://schema.org/InForce",
        "inLanguage": "zh",
        "archivedAt": "https://web.archive.org/web/2025/x",
        "workTranslation": {"@type": "Legislation", "name": "Decision", "inLanguage": "en"},
        "legislationChanges": [
            {"@type": "Legislation", "legislationIdentifier": "商务部公告2025年第61号"}
        ],
        "isBasedOn": [{"@type": "Legislation", "name": "中华人民共和国出口管制法"}],
        "legislationCorrects": [{"@type": "Legislation", "name": "更正"}],
        "about": [{"@type": "Legislation", "name": "答记者问"}],
        "citation": [{"@type": "Legislation", "legislationIdentifier": "海关总署令第9号"}],
    }


def test_what_is_not_known_is_left_out() -> None:
    nothing = dict.fromkeys(ROW) | {"issuers": [], "status": "unclear"}
    little = legislation(nothing, dict.fromkeys(DETAILS) | {"issuers_en": []}, [], "http://x/n/1")
    assert little.keys() == {
        "@context", "@type", "@id", "url", "legislationJurisdiction", "inLanguage",
    }  # fmt: skip
