"""Acts of law: the English names an act if, and only if, its source does."""

from services.translator.checks.flag import Flag
from services.translator.checks.words import Invented, Missing, Rows

_ACTS = Rows(
    Missing("act missing", "废止", r"\b(?:repeal|abolish|annul|rescind|revok|invalid|cancel|no longer|ceas|abrogat|nullif|terminat)",
            right={"同时废止": "is repealed at the same time"}, wrong={"同时废止": "is published at the same time"}),
    Invented("act invented", r"[废撤消销除止失停]", r"\b(?:repeal|abolish|annul|rescind|abrogat)",
             right={"同时废止": "is repealed"}, wrong={"予以公布": "is repealed"}),
    Missing("act missing", "暂停|中止", r"\b(?:suspen|paus|halt|temporar|stop|moratori|interrupt)",
            right={"暂停实施": "is suspended"}, wrong={"暂停实施": "is implemented"}),
    Invented("act invented", r"[停暂中缓止]", r"\bsuspen",
             right={"暂停实施": "is suspended"}, wrong={"继续实施": "is suspended"}),
    Missing("act missing", "罚款", r"\b(?:fine|penalt|punish)",
            right={"处以罚款": "shall be fined"}, wrong={"处以罚款": "shall be dealt with"}),
    Invented("act invented", r"[罚惩处刑责]", r"\b(?:fined\b|penalt|punish)",
             right={"依法处罚": "shall be punished"}, wrong={"依法办理": "shall be punished"}),
    Missing("act missing", "延长|延期", r"\b(?:exten|prolong|postpon|defer|renew|delay|longer)",
            right={"期限延长": "the period is extended"}, wrong={"期限延长": "the period is set"}),
    Missing("act missing", "追究", r"\b(?:pursu|liab|account|investigat|prosecut|punish|responsib)",
            right={"追究责任": "shall be held liable"}, wrong={"追究责任": "shall be told"}),
    Missing("act missing", "撤销|吊销", r"\b(?:revok|cancel|withdr|annul|rescind|repeal|quash|remov|overturn|set aside|abolish)",
            right={"吊销许可证": "the license is revoked"}, wrong={"吊销许可证": "the license is issued"}),
    Missing("act missing", "注销", r"\b(?:cancel|deregist|revok|withdr|annul|nullif|void|strike|struck)",
            right={"注销登记": "the registration is cancelled"}, wrong={"注销登记": "the registration is made"}),
    Missing("act missing", "终止", r"\b(?:terminat|end|ceas|stop|discontinu|conclu|expir|halt|lift)",
            right={"终止调查": "the investigation is terminated"}, wrong={"终止调查": "the investigation is initiated"}),
    Invented("act invented", r"[批核审准]|同意|通过|许可|认可|赞成", r"\b(?:approved\b|approval)",
             right={"经批准": "upon approval"}, wrong={"经公告": "upon approval"}),
    Invented("act invented", r"[免豁除]", r"\bexempt",
             right={"免征关税": "exempt from tariffs"}, wrong={"加征关税": "exempt from tariffs"}),
    Invented("act invented", r"[终止停结解退末了]", r"\bterminat",
             right={"终止调查": "the investigation is terminated"}, wrong={"发起调查": "the investigation is terminated"}),
    Invented("act invented", r"[禁不限止]", r"\b(?:prohibit|forbid|banned\b)",
             right={"禁止出口": "exports are prohibited"}, wrong={"允许出口": "exports are prohibited"}),
    Invented("act invented", r"[恢复重续再]", r"\bresum(?:e|ed|es|ing|ption)\b",
             right={"恢复进口": "imports are resumed"}, wrong={"暂停进口": "imports are resumed"}),
)  # fmt: skip


def check_acts(source: str, text: str) -> list[Flag]:
    """Flags acts that are missing or invented: the source has no word of an invented act's kind."""
    return _ACTS.flags(source, text)
