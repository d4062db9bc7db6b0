"""Treaties by their parties: 《中华人民共和国政府和毛里求斯共和国政府自由贸易协定》, 中国—新西兰自由贸易协定."""

from services.translator.rules.places import of_place
from services.translator.rules.wording import Slot, Wording, Wordings, words
from shared.chinese.characters import HAN

_KINDS = {
    "自由贸易协定": "Free Trade Agreement",
    "全面经济伙伴关系协定": "Comprehensive Economic Partnership Agreement",
    "经济伙伴关系协定": "Economic Partnership Agreement",
    "全面经济合作框架协议": "Framework Agreement on Comprehensive Economic Cooperation",
    "贸易协定": "Trade Agreement",
}
TREATIES = Wordings(
    Wording(
        "中华人民共和国政府[和与]{party}政府{kind}",
        "{kind} between the Government of the People's Republic of China and the Government of {party}",
        {
            "中华人民共和国政府和毛里求斯共和国政府自由贸易协定": "Free Trade Agreement between the Government of the People's Republic of China and the Government of Mauritius",
            "中华人民共和国政府和厄瓜多尔共和国政府自由贸易协定": "Free Trade Agreement between the Government of the People's Republic of China and the Government of Ecuador",
        },
    ),
    Wording(
        "中华人民共和国[和与]{party}{kind}",
        "{kind} between the People's Republic of China and {party}",
        {"中华人民共和国与东南亚国家联盟全面经济合作框架协议": "Framework Agreement on Comprehensive Economic Cooperation between the People's Republic of China and ASEAN"},
    ),
    Wording(
        "中国[—－-]{party}{kind}",
        "China-{party} {kind}",
        {"中国—新西兰自由贸易协定": "China-New Zealand Free Trade Agreement"},
    ),
    Wording(
        "中国[—－-]{party}自由贸易区{version}升级议定书",
        "China-{party} Free Trade Area {version}Upgrade Protocol",
        {
            "中国—东盟自由贸易区3.0版升级议定书": "China-ASEAN Free Trade Area 3.0 Upgrade Protocol",
            "中国—东盟自由贸易区升级议定书": "China-ASEAN Free Trade Area Upgrade Protocol",
        },
    ),
    Wording(
        "中国与{party}{kind}",
        "{kind} between China and {party}",
        {"中国与洪都拉斯自由贸易协定": "Free Trade Agreement between China and Honduras"},
    ),
    party=Slot(f"[{HAN}]{{2,12}}?", of_place),
    kind=words(_KINDS),
    version=Slot(r"(?:\d\.\d版)?", lambda text, _: f"{text.removesuffix('版')} " if text else ""),
)  # fmt: skip
