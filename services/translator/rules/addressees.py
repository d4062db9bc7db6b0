"""主送机关: the line that says to whom a document is addressed."""

import re

from services.translator.glossary import Glossary
from services.translator.rules.bodies import body, the
from services.translator.rules.places import of_place
from services.translator.rules.words import listed

# Levels of government and their kin, as the addressee lines of the ministry print them.
_GROUPS = {
    "各省": "provinces",
    "自治区": "autonomous regions",
    "直辖市": "municipalities directly under the central government",
    "计划单列市": "cities specifically designated in the state plan",
    "各计划单列市": "cities specifically designated in the state plan",
    "副省级城市": "sub-provincial cities",
    "省会城市": "provincial capitals",
    "国家级经济技术开发区": "national economic and technological development zones",
    "各国家级经济技术开发区": "national economic and technological development zones",
    "自由贸易试验区": "pilot free trade zones",
    "各自由贸易试验区": "pilot free trade zones",
}
# What of them is addressed; the longest first.
_OFFICES = {
    "商务、公安、税务主管部门": "competent commerce, public security and taxation authorities",
    "商务主管部门": "competent commerce authorities",
    "人民政府": "people's governments",
    "商务厅（局）": "commerce departments (bureaus)",
    "商务厅（委、局）": "commerce departments (commissions, bureaus)",
    "财政厅（局）": "finance departments (bureaus)",
    "有关部门": "relevant departments",
    "有关部门、机构": "relevant departments and institutions",
    "有关单位": "units concerned",
    "商务厅": "departments of commerce",
    "外经贸委（厅、局）": "foreign trade and economic cooperation commissions (departments, bureaus)",
    "发展改革委": "development and reform commissions",
    "公安厅（局）": "public security departments (bureaus)",
    "市场监管局（厅、委）": "market regulation bureaus (departments, commissions)",
    "税务局": "tax bureaus",
}
_LONGEST_FIRST = sorted(_OFFICES, key=len, reverse=True)
_ALONE = {
    "各有关单位": "all units concerned",
    "有关单位": "units concerned",
    "各有关企业": "all enterprises concerned",
    "有关企业": "enterprises concerned",
    "各中央企业": "all centrally administered enterprises",
    "有关中央企业": "centrally administered enterprises concerned",
    "各特派员办事处": "all special commissioner's offices",
    "商务部各特派员办事处": "special commissioner's offices of the Ministry of Commerce",
    "各有关商会": "all chambers of commerce concerned",
    "有关商协会": "chambers of commerce and associations concerned",
    "各省级商务主管部门": "all provincial competent commerce authorities",
    "各地商务主管部门": "local competent commerce authorities",
    "各有关部门": "all relevant departments",
    "各相关单位": "all units concerned",
    "各直属海关": "all customs houses directly under the General Administration of Customs",
    "各有关中央企业": "all centrally administered enterprises concerned",
    "各直属商会": "all chambers of commerce directly under the ministry",
}
_JOINTS = re.compile(r"、|，|及|和|以及")


def addressee(text: str, glossary: Glossary) -> str | None:
    """English of one addressee line without its colon; None when a part of it is not known.

    各省、自治区、直辖市及计划单列市、新疆生产建设兵团有关部门、机构 is "relevant departments and
    institutions of provinces, autonomous regions, …".
    """
    text = "".join(text.split()).rstrip("：:")
    groups = [_one(part, glossary) for part in re.split(r"[，；;]", text)]
    if all(groups):
        return "; ".join(group for group in groups if group)
    return None


def _one(text: str, glossary: Glossary) -> str | None:
    if text in _ALONE:
        return _ALONE[text]
    rest, offices = _offices(text)
    if offices:
        owners = _owners(rest, glossary)
        return f"{listed(offices)} of {listed(owners)}" if owners else None
    owners = _owners(text, glossary)
    return listed(owners) if owners else None


def _offices(text: str) -> tuple[str, list[str]]:
    """The offices that a text ends with, the longest first, and what stands in front of them."""
    offices: list[str] = []
    while True:
        office = next((one for one in _LONGEST_FIRST if text.endswith(one)), None)
        if office is None:
            return text, offices
        offices.insert(0, _OFFICES[office])
        text = text[: -len(office)].rstrip("、和及")


def _owners(text: str, glossary: Glossary) -> list[str] | None:
    owners: list[str] = []
    for part in _JOINTS.split(text):
        known = _GROUPS.get(part)
        if known is None:
            named = body(part, glossary)
            known = of_place(part, glossary) or (the(named) if named else None)
        if known is None:
            return None
        owners.append(known)
    return owners
