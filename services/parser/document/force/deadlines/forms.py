"""The forms in which a day or a period is printed by which something is due (data)."""

from shared.chinese.acts import ISSUE
from shared.chinese.dates import DATE, DAY, MONTH_DAY, YEAR
from shared.chinese.document_types import DOCUMENT_TYPE
from shared.chinese.form import Form, Forms
from shared.chinese.periods import COUNT, PERIOD, UNIT

_NOTE = r"(?:\s?（[^（）\n]{1,16}）)?"
_BEFORE = rf"{_NOTE}\s?(?:之前|以前|前|止)"
_DATE = rf"(?P<date>{DATE})"
_HOUR = r"(?:上午|下午|中午)?\d{1,2}[时点：](?:\d{2}分?)?"
_UNTIL = (
    r"(?:截止(?:日期|时间|日)?(?:为|至|到|：)?|截至(?:日期|时间)(?:为|：)?|(?<=报名)截至|(?<=申报)截至|(?<=受理)截至|(?<=提交)截至"
    r"|不(?:得)?迟于|不(?:得)?晚于|最[迟晚](?:应当?|须|需)?于?|延长至|延期至)"
)
_EVERY = (
    r"(?:每(?:年度?|半年|季度?|月|周)(?:的?次月|度?(?:首月|第一个月)|度)?|次年|次月|当月|每个月)"
)
_MONTH = r"(?P<month>\d{1,2})\s?月"
_END = rf"[底末]{_BEFORE}"
_THIS_YEAR = "(?:当年|今年|本年度?)"
# What a period is counted from: 自本公告公布之日起, 收到通知后, 每季度结束后.
_FROM = (
    r"(?P<from>(?:自|从|在|于|应在|应当在|须在)?[^，。；：\n]{0,40}?(?:之日|日|起|后|结束后|届满前|到期前|期满前)"
    r"\s?(?:起|后|算起)?\s?(?:的)?，?\s?)"
)
_WITHIN = rf"(?<![第\d年月近]){PERIOD}\s?(?:之内|以内|内)"

_TO_DAY = (
    r"(?:至|到|—{1,2}|-{1,2}|~|～)\s?"
    rf"(?:(?:{YEAR}\s?年\s?)?{_MONTH}\s?)?(?P<day>\d{{1,2}})\s?日(?!\s?(?:期间)?的)(?:止|结束)?"
)
# What somebody does by a day.
_DUTIES = (
    r"报送|提交|报告|上报|申请|登记|备案|缴|办理|履行|答复|提出|反馈|完成|作出|送达|通知|告知|结束|公布|递交|汇交"
    r"|制定|出台|建立|整改|填报|反映|申领|登录|验收|审查|审核|审批|回复|退还|补正|发放"
)

LIMITS = Forms(
    Form(
        "until a day",
        rf"{_UNTIL}\s?{_DATE}(?:\s?{_HOUR})?(?:{_BEFORE})?",
        yes=("截止日期为2025年3月1日", "不迟于2025年3月1日", "最迟应于2025年12月1日"),
        no=("数据截至2025年3月1日", "自2025年3月1日起"),
    ),
    Form(
        "until a day",
        rf"[至到于]\s?{_DATE}(?:\s?{_HOUR})?\s?截止",
        yes=("至2025年9月15日截止",),
        no=("有效期至2025年9月15日止",),
    ),
    Form(
        "before a day",
        rf"{_DATE}{_NOTE}(?:\s?(?:{_HOUR}|下班|工作时间结束))?{_BEFORE}",
        yes=("2025年3月1日前", "2025年12月31日（含）前", "2025年8月31日（星期日）17：00前"),
        no=("2025年3月1日起",),
    ),
    Form(
        "end of a year",
        rf"(?P<year>{YEAR})年\s?(?:{_MONTH})?\s?年?{_END}",
        yes=("2025年底前", "2025年6月底前"),
        no=("2025年6月前",),
    ),
    Form(
        "recurring",
        rf"(?:每年|次年)\s?(?:\d{{1,2}}\s?月)?\s?年?{_END}",
        yes=("次年6月底前", "每年年底前"),
    ),
    Form("end of next year", rf"明年\s?(?:{_MONTH})?\s?年?{_END}", yes=("明年6月底前",)),
    Form("end of this month", rf"本月\s?年?{_END}", yes=("本月底前",)),
    Form(
        "end of this year",
        rf"(?:{_THIS_YEAR}\s?(?:{_MONTH})?\s?年?|年){_END}",
        yes=("今年年底前", "本年度6月底前", "年底前"),
        no=("周末前",),
    ),
    # A month without its year: 6月底前.
    Form("end of this year", rf"{_MONTH}\s?年?{_END}", yes=("6月底前",), no=("6月前",)),
    Form(
        "recurring",
        rf"{_EVERY}\s?(?:{DAY}|\d{{1,2}}\s?[月日]){_BEFORE}",
        yes=("每月10日前", "每季度首月10日前", "每年3月31日前", "次年1月31日前"),
    ),
    Form("recurring", rf"{_EVERY}{_NOTE}\s?(?:之前|以前|前)", yes=("每月前",), no=("每月止",)),
    Form(
        "before a day without year",
        rf"(?<!年)(?<!\d){MONTH_DAY}(?:\s?(?:{_HOUR}|下班))?{_BEFORE}",
        yes=("1月31日前", "12月5日下班之前"),
        no=("1月31日起",),
    ),
    Form(
        "ahead of an expiry",
        r"(?:届满|到期|期满)之?前\s?"
        rf"{COUNT}\s?个?\s?{UNIT}(?!之?内|以内)",
        yes=("有效期届满前30日提出",),
        no=("届满前30日内",),
    ),
    Form(
        "ahead of an expiry",
        rf"(?:届满|到期|期满)\s?{COUNT}\s?个?\s?{UNIT}之?前",
        yes=("有效期满30日前", "届满60日之前"),
    ),
    Form(
        "recurring",
        rf"每年\s?{DAY}\s?{_TO_DAY}",
        yes=("每年10月15日至30日",),
        no=("2025年10月15日至30日",),
    ),
    Form(
        "within a period from a day",
        _FROM + _WITHIN,
        yes=("自本公告公布之日起15日内", "收到通知后一个月内", "每季度结束后7日内"),
    ),
    # From when it counts, only the words around it may say.
    Form("within a period", _WITHIN, yes=("3年内", "一个月之内"), no=("第3年内", "近3年内")),
    Form(
        "span that ends with a day",
        rf"(?:公示|征求意见|报名|申报|申请|受理|填报)[^，。；\n《》]{{0,40}}?{_TO_DAY}",
        yes=("公示期自2025年11月3日至11月9日", "申请者应于2025年11月15日至30日"),
        no=("填报2024年1月1日至12月31日的数据",),
    ),
    Form(
        "span that ends with a day",
        rf"[于在]\s?{DAY}\s?{_TO_DAY}(?=\s?(?:期间|之间|内|，)?[^，。；]{{0,40}}(?:{_DUTIES}))",
        yes=("请于9月1日-9月7日提交材料", "可在2025年9月1日至7日期间报送"),
        no=("于2025年9月1日至7日举办培训",),
    ),
    Form(
        "recurring",
        r"每(?:年|半年|季度?|月|周)(?:度)?[末底初](?=[^，。；]{0,12}(?:报|提交|上报|汇总))",
        yes=("每季度末报送",),
        no=("每季度末结束",),
    ),
)
# The days of a table's cell.
SPANS = Forms(
    Form(
        "span",
        rf"{DATE}\s?{_TO_DAY}",
        yes=("2025年3月1日至3月31日", "2025年3月1日-15日", "2025年3月1日至2026年3月31日"),
        no=("2025年3月1日",),
    )
)

# Between a period and the day on which it ends.
NAMELY = Forms(
    Form(
        "namely",
        r"[，（]?\s?即\s?(?:应当?)?(?:于|在|截至)?\s?$",
        yes=("，即", "（即于"),
        no=("，即日起",),
    ),
    anchored=True,
)
# What a period is counted from, by the words before it: the document's own effect or issue, printed with 本 or
# with no other subject. Another's (自合同生效之日起, 自处罚决定公布之日起) is an event that no document dates.
_DOCUMENT = f"(?:{DOCUMENT_TYPE}|裁定)"
_OWN = (
    rf"(?:本[^，。；]{{0,8}}?{_DOCUMENT}|(?:^|[自从在于应可])(?:公告|通知|通告)?)\s?(?:正式|对外)?"
)
PERIOD_STARTS = Forms(
    Form(
        "event",
        r"收到|接到|受理|提交|送达|取得|签订|结束|(?:合同|协议|判决|裁决|许可证?|证书|章程)\s?自",
        yes=("收到通知后", "每季度结束后", "合同自生效之日起"),
        no=("自本裁定公告之日起",),
    ),
    Form(
        "effect",
        rf"{_OWN}(?:施行|实施|执行|生效)之日",
        yes=("自本办法施行之日起", "自施行之日起", "自本公告正式实施之日起"),
        no=("自合同生效之日起", "自处罚决定生效之日起"),
    ),
    Form(
        "issue",
        rf"{_OWN}(?:{ISSUE}|公告)之日|即日",
        yes=("自本公告公布之日起", "自即日起", "自公告发布之日起", "自公布之日起"),
        no=("自中标结果公布之日起", "自处罚决定公布之日起"),
    ),
)

DUTY = Forms(
    Form(
        "duty",
        rf"{_DUTIES}|{ISSUE}|报|实现|建成|达到|提供|决定|参加|寄|撤回|整理|开展",
        yes=("报送总结", "寄送材料"),
        no=("许可证有效期为1年",),
    )
)
# What names a term and nothing that is due by it.
NAMED = Forms(
    Form(
        "term",
        r"(?:截止|公示|报名|申报|受理|征求意见)(?:截止)?(?:日期|时间|期限?)",
        yes=("报名截止时间：", "公示期为"),
        no=("提交报名表",),
    )
)
# Words that bid or allow somebody to do something.
BIDS = Forms(
    Form("bids", "应|须|需|要|请|不得|可以?", yes=("应于", "可自", "必须"), no=("通常在",)),
    Form(
        "duty",
        rf"{_DUTIES}|报(?![道纸刊价])|公示|答辩|截止|开始",
        yes=("报情况", "公示期"),
        no=("报道", "报价"),
    ),
)

_ABOUT = "(?:企业|单位|机构|人员|合同|货物|产品|项目|申请人|公司)"
# Behind a limit: what must have been or happened by then.
CONDITION_BEHIND = Forms(
    Form(
        "happened",
        rf"(?:已经?|设立|成立|取得|获得|签订|签署|签发|颁布|发生|启运|出口的|进口的|生产的|注册|批准的|{ISSUE}的|投产|出生"
        r"|没有|未|无)[^，。；]{0,16}",
        yes=("已签订的合同", "未受到行政处罚"),
        no=("提交报告",),
    ),
    Form("described", rf"[^，。；]{{0,24}}的{_ABOUT}", yes=("从事出口的企业",)),
    # 许可证自签发之日起一年内|有效 is how long it holds.
    Form("holds", r"(?:持续|继续)?有效(?!期|的)", yes=("有效。",), no=("有效期",)),
    # 一年内不得再次申请 forbids; nothing is due.
    Form("forbidden", r"[，\s]{0,4}(?:不得|不再|禁止|不予)", yes=("不得再次申请", "，不予受理")),
)
# Before a limit.
CONDITION_BEFORE = Forms(
    Form(
        "past",
        r"(?:近|最近|过去|此前|连续|前|上|有效期|任期|任一|历)\s?$|(?:近|最近|过去|此前|前)的$",
        yes=("申请企业近", "过去的"),
        no=("应于",),
    )
)
# Round a period: how long something holds.
TERM = Forms(
    Form(
        "term",
        "有效期|试点期|保质期|实施期限|期限为|为期|保存|留存",
        yes=("有效期为1年", "保存3年"),
        no=("应于3日内",),
    )
)
# Behind a limit, where nothing is to be done by it: what follows if it is missed, and what leads elsewhere.
ASIDES = Forms(
    Form(
        "aside",
        r"\s?[，；]\s?(?:如|若|逾期|过期|超过|未按|共)",
        yes=("，如有异议", "，逾期不予受理", "，共7天"),
        no=("，提出申请",),
    ),
    anchored=True,
)
# 一个月内制定方案，并于6月底前完成: the words that lead to the next limit.
LEADS_ON = Forms(
    Form(
        "leads on",
        r"[，；]\s?(?:并|且|同时|再)?(?:应当?|须)?(?:于|在|自|从)?\s?$",
        yes=("制定方案，并于",),
        no=("制定方案，报送",),
    )
)
# A part of a sentence that belongs to what is due before it.
GOES_ON = Forms(
    Form("goes on", r"\s?(?:并|且|同时|抄送|逾期)", yes=("并提供信息", "逾期不予受理")),
    anchored=True,
)
# Behind a day: 之前（以邮戳为准）.
NOTES = Forms(
    Form("note", r"\s?（[^（）\n]{1,20}）", yes=("（以邮戳为准）",)),
    anchored=True,
)
