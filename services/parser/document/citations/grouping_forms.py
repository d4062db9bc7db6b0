"""What stands between documents that are named together (data)."""

from shared.chinese.acts import AMEND, APPLY, EXTEND, ISSUE, REPEAL, RESUME, STOP, SUSPEND, any_of
from shared.chinese.annexes import ANNEX
from shared.chinese.body_forms import ENDS
from shared.chinese.characters import HAN
from shared.chinese.dates import DAY, YEAR
from shared.chinese.form import Form, Forms
from shared.chinese.numerals import TENS

_AND = any_of(
    *("、", "，?(?:和|及|以及|与)", "，", "；", "或", "或者", "至", "到", "—", "-", "~"),
)
_TAIL = (
    r"[\s）]{0,2}(?:（[^（）\n]{2,60}）)?(?:公告|通告|令)?(?:的?(?:有关|相关)?(?:规定|要求|精神)?)?"
    rf"(?:及其(?:全部)?{ANNEX})?\s?等?\s?"
)
_VERB = any_of(AMEND, APPLY, EXTEND, ISSUE, REPEAL, RESUME, STOP, SUSPEND)
# (停止执行 ends as 中国人民银行 does.)
_BODY = rf"(?:(?!{_VERB})[{HAN}]){{2,10}}{ENDS}(?<!{APPLY})"
# … that no verb leads to.
_OTHER_BODY = rf"(?:(?!{_VERB}|现|对|自|将|决定)[{HAN}]){{2,10}}(?<={ENDS})"
# From one document to the next of the same enumeration.
JOINS = Forms(
    Form(
        "next",
        # 4月9日公告（商务部公告2025年第22号）
        rf"{_TAIL}{_AND}?\s?(?:同时)?(?:{DAY}的?(?:公告)?)?"
        rf"(?:[《（“\s]|原|中华人民共和国|{_BODY}(?:、|会同)?){{0,4}}\s?$",
        yes=(
            "、",
            "（1992年3月8日国务院发布）和",
            "和",
            "以及原外经贸部",
            "、商务部会同",
            "规定、",
            "及其附件、商务部办公厅《",
            "和国家计委、外经贸部《",
            "，以及2001年11月10日",
        ),
        no=("，决定征收", "，2025年3月1日，商务部发布", "，停止执行"),
    ),
    # The first of a new list, which begins behind what its numbers share: …和|商务部公告2025年|第61号、第62号.
    Form(
        "next list",
        rf"{_TAIL}{_AND}\s?(?:{_OTHER_BODY}[、\s]?){{1,6}}(?:公告|通告|令)\s?(?:{YEAR}\s?年\s?)?$",
        yes=("和商务部公告2025年", "、商务部、海关总署公告2025年", "和商务部公告"),
        no=("，停止商务部公告2025年", "，恢复实施商务部公告2025年"),
    ),
    Form(
        "with its day and bodies",
        rf"{_TAIL}{_AND}(?:(?!决定|同时|现|自)[{HAN}\d、 ]{{0,60}}?"
        rf"(?:{ISSUE}|批准|修订|修正|修改|核准|施行)、?){{1,3}}的\s?[《（“]?\s?$",
        yes=(
            "、1986年12月6日海关总署发布的",
            "，1994年5月12日国务院批准、1994年6月1日对外贸易经济合作部发布的",
            "和2012年3月1日印发的",
            "和原外经贸部2001年8月7日发布的",
        ),
        no=("，2025年3月1日商务部发布", "，同时废止1986年12月6日海关总署发布的"),
    ),
    anchored=True,
)
# What begins a clause of its own behind a comma: 依据《甲条例》，第1号公告所确定的税率调整为….
OWN_VERBS = Forms(
    Form(
        "own verb",
        rf"\s?(?:同时|一并|相应|现予?以?|所(?:确定|规定|{ISSUE}|列|附)|自\d|(?:{ISSUE}|确定|规定)的|中的?“)",
        yes=("同时调整如下", "所确定的税率", "规定的措施"),
        no=("的规定",),
    ),
    anchored=True,
)
# Behind a number in the bracket that gives another: 国务院令第687号|修订.
NOTES = Forms(
    Form(
        "note",
        rf"\s?(?:第[{TENS}]次)?(?:修[订正改]|{ISSUE})",
        yes=("修订）", "第二次修正", "公布"),
        no=("规定",),
    ),
    anchored=True,
)
