"""The words of what a spokesman states is done to documents (data): 停止…, 继续暂停…1年. A form's name is
the relation.
"""

from shared.chinese.acts import APPLY, EXTEND, ISSUE, RESUME, STOP, SUSPEND
from shared.chinese.annexes import ANY_ANNEX
from shared.chinese.document_numbers import NUMBERED
from shared.chinese.form import Form, Forms

_ONWARD = "(?:继续|再次|再|均|一并|全部|相应){0,4}"
# 暂停期限届满, 取消关税的磋商, 停止措施后: what is spoken of, not done.
_NOMINAL = r"(?!之?(?:期|后|前|时|的?(?:期限|期间|决定|安排|问题|磋商|公告|范围))|的|和|或|与|、|(?:相关|有关)?措施的(?:企业|实体|公司))"
STATED = Forms(
    # The term is counted from the start that the sentence names.
    Form(
        "suspends",
        rf"{EXTEND}(?=[^，。；]{{0,60}}暂停(?:{APPLY}|措施)?的?(?:期限|期|时间)(?!延长))",
        yes=("延长第21号公告所列措施的暂停期限1年",),
        no=("延长调查期限",),
    ),
    Form(
        "suspends",
        rf"(?:暂停(?:{APPLY}|措施)?的?(?:期限|期|时间))(?:再|继续)?{EXTEND}{_NOMINAL}",
        yes=("暂停期限再延长90天", "暂停实施的期限延长"),
    ),
    Form("extends", rf"{_ONWARD}{EXTEND}{_NOMINAL}", yes=("延长",), no=("延长后",)),
    Form("resumes", rf"{STOP}暂停{_NOMINAL}", yes=("停止暂停",), no=("停止暂停的",)),
    Form("resumes", rf"{_ONWARD}{RESUME}{APPLY}?{_NOMINAL}", yes=("恢复实施",), no=("恢复的",)),
    Form(
        "suspends",
        rf"{_ONWARD}{SUSPEND}{APPLY}?{_NOMINAL}",
        yes=("继续暂停", "再次暂停实施"),
        no=("暂停期限", "暂停或取消", "中止的", "暂停措施的企业"),
    ),
    Form(
        "repeals",
        # Not 废止: an answer that reports a new regulation (原办法同时废止) repeals nothing itself.
        rf"{_ONWARD}(?:不再(?:继续)?{APPLY}|{STOP}{APPLY}?){_NOMINAL}",
        yes=("停止", "取消", "不再实施", "终止执行"),
        no=("取消后", "停止或", "不再", "废止"),
    ),
)
# A text without any of their verbs states nothing.
VERBS = Forms(
    Form("extends", EXTEND, yes=("延长",), no=("发布",)),
    Form("resumes", RESUME, yes=("恢复实施",)),
    Form("stops", STOP, yes=("停止暂停",)),
    Form("suspends", SUSPEND, yes=("继续暂停",)),
    Form("ends", "不再", yes=("不再实施",)),
)
# Up to a document: 4月4日公布的|第21号公告 is named by its day, its publication is not reported.
PUBLISHED_ON = Forms(
    Form("published on", rf"{ISSUE}的[^，。；]{{0,12}}$", yes=("4月4日公布的",), no=("发布了",))
)
# The object that stands before its verb: 对第21号公告所列16家实体|继续暂停.
OBJECT_FIRST = Forms(
    Form("object", "(?:对于?|将|就|针对)$", yes=("；对", "对于", "将"), no=("对此",)),
)
OBJECT_BEGINS = Forms(
    Form("object", "，(?:并|同时)?(?:对于?|将|就|针对)", yes=("，对4月9日列入的",), no=("，停止",)),
)
# What an act without a document is done to, where the text has named that before: 停止|相关措施.
ABOVE = Forms(
    Form(
        "above",
        "措施|公告|清单|名单|实体|企业",
        yes=("相关措施90天", "所列16家实体"),
        no=("加征关税",),
    )
)
# Up to a verb: what was done before, and what others must do. (From the last comma on.)
UNSTATED = Forms(
    Form(
        "done before",
        r"(?:已|曾|此前|已经|先前|刚刚)(?:经|被|获|予以|于[^，]{0,14})?$",
        yes=("此前已", "此前已被", "已于2025年5月14日起"),
        no=("已经商定，",),
    ),
    Form("owed", "(?:(?<!相)应当?|必须|须)(?:立即|即刻)?$", yes=("应当立即",), no=("相应",)),
)
ABOVE_MEASURES = Forms(
    Form(
        "above",
        "(?:上述|前述)[^，。；]{0,8}措施",
        yes=("实施上述措施90天",),
        no=("上述企业",),
    )
)
# … and where it is an entity of a list.
NAMED = Forms(
    Form(
        "named",
        r"(?:公司|集团|会社|大学|研究所|研究院|机构|实验室|中心|）|[A-Za-z.])[^，。；]{0,30}(?:清单|名单)",
        yes=("对甲公司的不可靠实体清单", "Alpha Inc.实施的管控名单"),
        no=("列入管控名单的12家企业",),
    ),
    Form(
        "named behind",
        "(?:清单|名单)[”》]?的[^，。；]{0,200}?(?:公司|集团|会社|大学|研究所|研究院|）)",
        yes=("列入管控名单的甲公司",),
    ),
)
# … or some of those whom a document lists: 第13号公告|所列15家实体中，甲公司的…, 第13号公告|对甲公司采取的….
OF_SOME = Forms(
    Form(
        "some",
        r"(?:公告)?）?(?:所列|列入)?[^，。；《]{0,20}(?:中的?[，,]?|(?<!针)对)[^。；]{0,200}?(?:公司|集团|会社|大学|研究所|研究院|）|[A-Za-z.])[^，。；]{0,30}(?:措施|处罚|处理)",
        yes=(
            "所列15家实体中，甲公司的管控名单措施",
            "对甲公司（Alpha Inc.）采取的措施",
            "对甲公司作出的处罚",
        ),
        no=(
            "所列15家实体的相关措施",
            "相关措施，对4月4日公布的第7号",
            "）和《关于调整对某国加征关税的公告》（第6号）规定的措施",
        ),
    ),
    Form(
        "some",
        rf"(?:公告)?）?{ANY_ANNEX}(?:中|所列)的?(?!\d)[^，。；《]{{2,200}}?(?:公司|集团|会社|大学|研究所|研究院|）)的[^，。；]{{0,12}}措施",
        yes=("附件所列甲公司、乙公司的管控措施",),
        no=("附件所列15家实体的管控措施",),
    ),
    Form(
        "some",
        r"(?:公告)?）?(?<!针)对(?:其|该(?:公司|企业|实体|机构))[^，。；]{0,12}(?:采取|实施)的[^，。；]{0,12}措施",
        yes=("对其采取的措施", "公告对该公司实施的管控名单措施"),
        no=("对其他实体的措施",),
    ),
    anchored=True,
)
# 第7号公告 whose year and issuers the number before it has.
BARE_NUMBER = Forms(
    Form(
        "number",
        f"{NUMBERED}公告",
        yes=("4月4日公布的第7号公告",),
        no=("〔2025〕7号", "第6号"),
    )
)
