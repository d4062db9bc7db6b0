"""A notice for machines, as schema.org describes one: https://schema.org/Legislation."""

from collections.abc import Iterable, Mapping
from typing import Any

# https://schema.org/LegalForceStatus has no more than these; of another status nothing is said.
_FORCE = {
    "in force": "https://schema.org/InForce",
    "in force in part": "https://schema.org/PartiallyInForce",
    "repealed": "https://schema.org/NotInForce",
    "expired": "https://schema.org/NotInForce",
    "superseded": "https://schema.org/NotInForce",
    "suspended": "https://schema.org/NotInForce",
    "not yet in force": "https://schema.org/NotInForce",
}
# Relations by the property that says them; legislationChanges includes what repeals and amends.
_RELATIONS = {
    "basis": "isBasedOn",
    "amends": "legislationChanges",
    "extends": "legislationChanges",
    "suspends": "legislationChanges",
    "resumes": "legislationChanges",
    "repeals": "legislationChanges",
    "corrects": "legislationCorrects",
    "explains": "about",
    "mentions": "citation",
}


def legislation(
    row: Mapping[str, Any],
    details: Mapping[str, Any],
    citations: Iterable[Mapping[str, Any]],
    address: str,
) -> dict[str, Any]:
    """The notice of a row of the question `notice`, with its `details` of the view pages, and what it cites.

    What is not known is left out. `address` is the page's own.
    """
    described: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "@id": address,
        "url": address,
        "name": row["title"],
        "alternateName": row["title_en"],
        "legislationIdentifier": row["document_number"],
        "legislationType": details["document_type"],
        "legislationJurisdiction": "CN",
        "legislationDate": _day(row["issued_on"]),
        "datePublished": _day(details["published_at"]),
        "legislationPassedBy": [
            {"@type": "Organization", "name": zh, **({"alternateName": en} if en != zh else {})}
            for zh, en in zip(row["issuers"], details["issuers_en"], strict=True)
        ],
        "legislationLegalForce": _FORCE.get(row["status"]),
        "inLanguage": "zh",
        "archivedAt": row["archived_url"],
    }
    if row["text_en"]:
        described["workTranslation"] = {
            "@type": "Legislation",
            "name": row["title_en"],
            "inLanguage": "en",
        }
    for one in citations:
        if one["direction"] == "cites" and (one["document_number"] or one["title"]):
            cited = {
                "@type": "Legislation",
                "name": one["title"],
                "legislationIdentifier": one["document_number"],
            }
            property_ = _RELATIONS.get(one["relation"], "citation")
            described.setdefault(property_, []).append(_known(cited))
    return _known(described)


def _day(moment: Any) -> str | None:
    return moment and f"{moment:%Y-%m-%d}"


def _known(described: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in described.items() if value}
