"""Trade remedies in titles: rulings, reviews, duties and measures on imports from somewhere."""

import re
from collections.abc import Callable

from services.translator.glossary import Glossary
from services.translator.rules.frame import Frame
from services.translator.rules.grammar import noun
from services.translator.rules.places import of_place
from services.translator.rules.wording import Slot, Wording, Wordings, words
from shared.chinese.characters import HAN

_FROM = re.compile(
    rf"(?:(?:对|就|针对)?(?:原产于|产自|原产)(?P<places>[{HAN}、，]+?)的?(?P<some>部分)?进口|(?:对|就)?进口|对)?(?P<product>.+)"
)
_MEASURES = {
    "反倾销": "anti-dumping",
    "反补贴": "countervailing",
    "反倾销和反补贴": "anti-dumping and countervailing",
    "反倾销、反补贴": "anti-dumping and countervailing",
    "反倾销反补贴": "anti-dumping and countervailing",
    "保障措施": "safeguard",
    "反规避": "anti-circumvention",
}
# A product that the glossary does not know: a name, without any word that belongs to an act.
_NO_NAME = re.compile(
    r"[对将的就]|实施|进行|采取|征收|所适用|调查|裁定|措施|临时$|^临时|立案|有关|相关$|公司|集团"
)
_LONGEST_NAME = 40


def imports(text: str, glossary: Glossary) -> Frame | None:
    """原产于美国的进口丁基橡胶: imports of butyl rubber originating in the United States.

    A product that the glossary does not know stays for an engine.
    """
    match = _FROM.fullmatch(text)
    places = of_place(match["places"], glossary) if match and match["places"] else None
    if match is None or (match["places"] and not places):
        return None
    after = f" originating in {places}" if places else ""
    known = noun(match["product"], glossary)
    if known:
        some = "certain " if match["some"] else ""
        plain = (
            known.kind in ("good", "generic", "thing", "term")
            and " originating " not in known.english
        )
        return Frame(f"imports of {some}{known.english}{after}") if plain else None
    name = len(match["product"]) <= _LONGEST_NAME and not _NO_NAME.search(match["product"])
    return Frame("imports of", match["product"], after) if places and name else None


def _measure(say: Callable[[str], str]) -> Slot:
    said = words({zh: say(english) for zh, english in _MEASURES.items()})
    return Slot(said.pattern, said.english)


def _a(name: str) -> str:
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


# What happens in a case, and what its notices do about it.
_ACTS = {
    "召开": "holding ",
    "举行": "holding ",
    "举办": "holding ",
    "参加": "taking part in ",
    "发放": "issuing ",
    "公布": "publishing ",
    "延长": "extending ",
    "取消": "cancelling ",
    "": "",
}
_EVENTS = {
    "听证会": "the hearing",
    "意见陈述会": "the meeting for the presentation of opinions",
    "产业损害意见陈述会": "the meeting for the presentation of opinions on industry injury",
    "产品范围听证会": "the hearing on the scope of the product",
    "产品范围调整听证会": "the hearing on adjusting the scope of the product",
    "产业损害调查听证会": "the hearing on industry injury",
    "利害关系方登记": "the registration of interested parties",
    "登记应诉": "the registration of respondents",
    "应诉登记": "the registration of respondents",
    "抽样": "sampling",
    "抽样结果": "the sampling results",
    "抽样方案": "the sampling plan",
    "调查问卷": "questionnaires",
    "问卷": "questionnaires",
    "国内生产者调查问卷": "questionnaires for domestic producers",
    "国内进口商调查问卷": "questionnaires for domestic importers",
    "国外出口商或生产商调查问卷": "questionnaires for foreign exporters or producers",
    "问卷答卷递交期限": "the time limit for submitting answers to questionnaires",
    "答卷递交期限": "the time limit for submitting answers to questionnaires",
    "调查问卷答卷提交期限": "the time limit for submitting answers to questionnaires",
    "实地核查": "on-the-spot verification",
    "终裁前信息披露": "disclosure before the final ruling",
    "公开信息": "public information",
}
_OF = "(?:措施)?(?:的)?"
REMEDIES = Wordings(
    Wording(
        r"{imports}(?:进行|发起|启动)?{a}(?:立案调查|立案)",
        "initiating {a} investigation into {imports}",
        {"对原产于美国的进口正丙醇进行反补贴立案调查": "initiating a countervailing investigation into imports of n-propanol originating in the United States"},
    ),
    Wording(
        r"{imports}(?:进行|发起)?{measure}(?:所适用的?)?(?:措施)?期终复审立案(?:调查)?",
        "initiating an expiry review of the {measure} measures on {imports}",
        {"原产于日本的进口苯酚反倾销措施期终复审立案调查": "initiating an expiry review of the anti-dumping measures on imports of phenol originating in Japan"},
    ),
    Wording(
        r"{imports}所适用的?{measure}措施(?:进行|发起|启动)期终复审立案调查",
        "initiating an expiry review of the {measure} measures on {imports}",
        {"对原产于欧盟的进口不锈钢钢坯所适用的反倾销措施进行期终复审立案调查": "initiating an expiry review of the anti-dumping measures on imports of stainless steel billets originating in the European Union"},
    ),
    Wording(
        r"{imports}(?:所适用的?)?{measure}措施(?:进行|发起|启动)期终复审(?:调查)?",
        "an expiry review of the {measure} measures on {imports}",
        {"对原产于美国的进口锦纶6切片所适用的反倾销措施进行期终复审调查": "an expiry review of the anti-dumping measures on imports of polyamide-6 chips originating in the United States"},
    ),
    Wording(
        rf"{{imports}}(?:所适用的?)?{{measure}}{_OF}期终复审(?:的)?(?:裁定|终裁)",
        "the ruling in the expiry review of the {measure} measures on {imports}",
        {"原产于泰国的进口双酚A反倾销措施期终复审裁定": "the ruling in the expiry review of the anti-dumping measures on imports of bisphenol A originating in Thailand"},
    ),
    Wording(
        rf"{{imports}}(?:所适用的?)?{{measure}}{_OF}期终复审(?:调查)?",
        "the expiry review of the {measure} measures on {imports}",
        {"甲苯二异氰酸酯反倾销期终复审": "the expiry review of the anti-dumping measures on imports of toluene diisocyanate"},
    ),
    Wording(
        rf"{{imports}}(?:所适用的?)?{{measure}}{_OF}(?:期中|期间)复审(?:的)?裁定",
        "the ruling in the interim review of the {measure} measures on {imports}",
        {"原产于韩国的进口丙酮反倾销措施期中复审裁定": "the ruling in the interim review of the anti-dumping measures on imports of acetone originating in the Republic of Korea"},
    ),
    Wording(
        rf"{{imports}}(?:所适用的?)?{{measure}}{_OF}(?:进行|发起)?(?:期中|期间)复审(?:立案调查|立案)",
        "initiating an interim review of the {measure} measures on {imports}",
        {"原产于韩国的进口丙酮反倾销措施期中复审立案调查": "initiating an interim review of the anti-dumping measures on imports of acetone originating in the Republic of Korea"},
    ),
    Wording(
        rf"{{imports}}(?:所适用的?)?{{measure}}{_OF}(?:期中|期间)复审(?:调查)?",
        "the interim review of the {measure} measures on {imports}",
        {"原产于韩国的进口丙酮反倾销措施期中复审": "the interim review of the anti-dumping measures on imports of acetone originating in the Republic of Korea"},
    ),
    Wording(
        r"{imports}(?:进行)?倾销及倾销幅度(?:期中|期间)复审(?:立案|立案调查)",
        "initiating an interim review of the dumping and dumping margins of {imports}",
        {"对产自德国的进口锦纶6切片倾销及倾销幅度期中复审立案": "initiating an interim review of the dumping and dumping margins of imports of polyamide-6 chips originating in Germany"},
    ),
    Wording(
        r"{imports}(?:进行)?倾销及倾销幅度(?:期中|期间)复审裁定",
        "the ruling in the interim review of the dumping and dumping margins of {imports}",
        {"对产自德国的进口锦纶6切片倾销及倾销幅度期中复审裁定": "the ruling in the interim review of the dumping and dumping margins of imports of polyamide-6 chips originating in Germany"},
    ),
    Wording(
        r"{imports}{measure}(?:案|调查)?(?:的)?(?:初步裁定|初裁)",
        "the preliminary ruling in the {measure} investigation into {imports}",
        {"对原产于加拿大的进口油菜籽反倾销调查的初步裁定": "the preliminary ruling in the anti-dumping investigation into imports of rapeseed originating in Canada"},
    ),
    Wording(
        r"{imports}{measure}(?:案|调查)?(?:的)?(?:最终裁定|终裁)",
        "the final ruling in the {measure} investigation into {imports}",
        {"原产于韩国的进口苯乙烯反倾销调查最终裁定": "the final ruling in the anti-dumping investigation into imports of styrene originating in the Republic of Korea"},
    ),
    Wording(
        r"{act}{imports}{measure}(?:措施)?期终复审(?:案|调查)?(?:的)?{event}",
        "{act}{event} in the expiry review of the {measure} measures on {imports}",
        {"召开苯酚反倾销期终复审案听证会": "holding the hearing in the expiry review of the anti-dumping measures on imports of phenol"},
    ),
    Wording(
        r"{act}{imports}{measure}(?:案|调查|立案调查)?(?:的)?{event}",
        "{act}{event} in the {measure} investigation into {imports}",
        {
            "公布正丙醇反倾销调查抽样结果": "publishing the sampling results in the anti-dumping investigation into imports of n-propanol",
            "延长原产于美国的进口正丙醇反补贴案问卷答卷递交期限": "extending the time limit for submitting answers to questionnaires in the countervailing investigation into imports of n-propanol originating in the United States",
        },
    ),
    Wording(
        r"{imports}{measure}措施期终复审(?:调查)?期间(?:继续|维持)征(?:收反倾销|收反补贴)?税",
        "continuing to levy {measure} duties on {imports} during the expiry review",
        {"原产于日本的进口苯酚反倾销措施期终复审期间继续征税": "continuing to levy anti-dumping duties on imports of phenol originating in Japan during the expiry review"},
    ),
    Wording(
        r"{imports}{measure}(?:案|立案)?调查(?:延期|期限延长)",
        "extending the period of the {measure} investigation into {imports}",
        {"原产于美国的进口正丙醇反倾销调查延期": "extending the period of the anti-dumping investigation into imports of n-propanol originating in the United States"},
    ),
    Wording(
        r"{imports}(?:进行|发起|启动|开展){a}调查",
        "conducting {a} investigation into {imports}",
        {"对原产于印度的进口苯酚进行反倾销和反补贴调查": "conducting an anti-dumping and countervailing investigation into imports of phenol originating in India"},
    ),
    Wording(
        r"延长{imports}{measure}(?:案|立案)?调查期限",
        "extending the period of the {measure} investigation into {imports}",
        {"延长对原产于墨西哥和美国的进口碧根果反倾销调查期限": "extending the period of the anti-dumping investigation into imports of pecans originating in Mexico and the United States"},
    ),
    Wording(
        r"{imports}{measure}(?:立案)?调查(?:的)?终止",
        "terminating the {measure} investigation into {imports}",
        {"原产于美国的进口高粱反倾销反补贴调查终止": "terminating the anti-dumping and countervailing investigation into imports of sorghum originating in the United States"},
    ),
    Wording(
        r"{imports}(?:终止|结束){measure}(?:立案)?调查",
        "terminating the {measure} investigation into {imports}",
        {"对原产于美国的进口高粱终止反倾销、反补贴调查": "terminating the anti-dumping and countervailing investigation into imports of sorghum originating in the United States"},
    ),
    Wording(
        r"(?:终止|结束){imports}{measure}(?:立案)?调查",
        "terminating the {measure} investigation into {imports}",
        {"终止对原产于美国的进口高粱反倾销和反补贴调查": "terminating the anti-dumping and countervailing investigation into imports of sorghum originating in the United States"},
    ),
    Wording(
        r"(?:终止|取消){imports}(?:所适用的|征收的?|实施的?)?{measure}措施",
        "terminating the {measure} measures on {imports}",
        {"终止对原产于日本的进口光纤预制棒反倾销措施": "terminating the anti-dumping measures on imports of optical fiber preforms originating in Japan"},
    ),
    Wording(
        r"{imports}所适用的?{measure}措施终止实施",
        "terminating the {measure} measures on {imports}",
        {"对原产于新加坡的进口新闻纸所适用的反倾销措施终止实施": "terminating the anti-dumping measures on imports of newsprint originating in Singapore"},
    ),
    Wording(
        r"{imports}(?:终止|停止)(?:继续)?征收反倾销税和反补贴税",
        "terminating the anti-dumping and countervailing duties on {imports}",
        {"对原产于澳大利亚的进口大麦终止征收反倾销税和反补贴税": "terminating the anti-dumping and countervailing duties on imports of barley originating in Australia"},
    ),
    Wording(
        r"{imports}(?:终止|停止)(?:继续)?征收{measure}税",
        "terminating the {measure} duties on {imports}",
        {"对原产于韩国的进口丙酮停止征收反倾销税": "terminating the anti-dumping duties on imports of acetone originating in the Republic of Korea"},
    ),
    Wording(
        r"{imports}征收反倾销税和反补贴税",
        "levying anti-dumping and countervailing duties on {imports}",
        {"对原产于印度的进口邻氯对硝基苯胺征收反倾销税和反补贴税": "levying anti-dumping and countervailing duties on imports of o-chloro-p-nitroaniline originating in India"},
    ),
    Wording(
        r"{imports}(?:所适用的?)?{measure}措施价格承诺(?:有关)?(?:事宜|事项)",
        "matters concerning price undertakings under the {measure} measures on {imports}",
        {"原产于韩国的进口电工钢反倾销措施价格承诺事宜": "matters concerning price undertakings under the anti-dumping measures on imports of electrical steel originating in the Republic of Korea"},
    ),
    Wording(
        r"(?:终止|停止){imports}(?:所适用的?)?(?:征收)?反倾销税和反补贴税",
        "terminating the anti-dumping and countervailing duties on {imports}",
        {"终止对原产于澳大利亚的进口大麦征收反倾销税和反补贴税": "terminating the anti-dumping and countervailing duties on imports of barley originating in Australia"},
    ),
    Wording(
        r"(?:终止|停止){imports}(?:所适用的?)?(?:征收)?{measure}税",
        "terminating the {measure} duties on {imports}",
        {"终止对原产于澳大利亚的进口大麦征收反倾销税": "terminating the anti-dumping duties on imports of barley originating in Australia"},
    ),
    Wording(
        r"{imports}继续(?:征收|实施){measure}(?:税|措施)",
        "continuing to levy {measure} duties on {imports}",
        {"对原产于韩国的进口丙酮继续征收反倾销税": "continuing to levy anti-dumping duties on imports of acetone originating in the Republic of Korea"},
    ),
    Wording(
        r"{imports}征收临时{measure}税",
        "levying provisional {measure} duties on {imports}",
        {"对产自美国和日本的进口共聚聚甲醛征收临时反倾销税": "levying provisional anti-dumping duties on imports of polyoxymethylene copolymer originating in the United States and Japan"},
    ),
    Wording(
        r"{imports}征收{measure}税",
        "levying {measure} duties on {imports}",
        {"对原产于美国和俄罗斯的进口取向电工钢征收反倾销税": "levying anti-dumping duties on imports of grain-oriented electrical steel originating in the United States and Russia"},
    ),
    Wording(
        r"{imports}实施临时{measure}措施",
        "applying provisional {measure} measures to {imports}",
        {"对原产于美国的进口高粱实施临时反倾销措施": "applying provisional anti-dumping measures to imports of sorghum originating in the United States"},
    ),
    Wording(
        r"{imports}实施{measure}措施",
        "applying {measure} measures to {imports}",
        {"对原产于美国的进口高粱实施反倾销措施": "applying anti-dumping measures to imports of sorghum originating in the United States"},
    ),
    Wording(
        r"{imports}(?:所适用的?)?{measure}措施即将到期",
        "the forthcoming expiry of the {measure} measures on {imports}",
        {"己内酰胺反倾销措施即将到期": "the forthcoming expiry of the anti-dumping measures on imports of caprolactam"},
    ),
    Wording(
        r"调整{imports}(?:所适用的?|征收的?)?{measure}税税率",
        "adjusting the {measure} duty rates on {imports}",
        {"调整原产于韩国的进口丙酮反倾销税税率": "adjusting the anti-dumping duty rates on imports of acetone originating in the Republic of Korea"},
    ),
    Wording(
        r"{measure}措施即将到期",
        "the forthcoming expiry of {measure} measures",
        {"反倾销措施即将到期": "the forthcoming expiry of anti-dumping measures"},
    ),
    Wording(
        r"{date}前到期的{measure}措施即将到期",
        "the forthcoming expiry of {measure} measures that end before {date}",
        {"2023年12月31日前到期的反倾销措施即将到期": "the forthcoming expiry of anti-dumping measures that end before December 31, 2023"},
    ),
    Wording(
        r"{imports}(?:的)?{measure}调查",
        "the {measure} investigation into {imports}",
        {"原产于美国的进口高粱反倾销调查": "the anti-dumping investigation into imports of sorghum originating in the United States"},
    ),
    Wording(
        r"{imports}(?:所适用的?)?{measure}措施",
        "the {measure} measures on {imports}",
        {"原产于美国的进口高粱所适用的反倾销措施": "the anti-dumping measures on imports of sorghum originating in the United States"},
    ),
    imports=Slot(r".+", imports),
    act=words(_ACTS),
    event=words(_EVENTS),
    measure=_measure(lambda name: name),
    a=_measure(_a),
)  # fmt: skip


def remedy(text: str, glossary: Glossary) -> Frame | None:
    """原产于美国的进口丁基橡胶反倾销调查最终裁定: the final ruling in the … into imports of butyl rubber."""
    return REMEDIES.render(text, glossary)
