"""How a sentence says what is decided of whom on a list (data): 将…列入, 移出, 暂停对…的措施, 更名为."""

from services.parser.document.entity_lists.lists import KEEPERS
from shared.chinese.acts import (
    AMEND,
    APPLY,
    CORRECT,
    DELIST,
    LIST,
    RESUME,
    STOP,
    SUSPEND,
    any_of,
)
from shared.chinese.form import Form, Forms
from shared.chinese.numerals import NUMERAL
from shared.chinese.sentences import WITHIN

_ALSO = any_of("同时", "并", "一并", "此外", "另")
# Up to 将 or 对: that a sentence decides something now, …
DECIDES = Forms(
    Form("decides", "决定|现将|兹将|现对", yes=("商务部决定将",), no=("可申请",)),
    Form(
        "nothing before",
        rf"^(?:\s*答：)?\s*{_ALSO}*[，,]?\s*(?:将|对)?$",
        yes=("", "将", "答：对", "同时将", "此外，将"),
        no=("据悉",),
    ),
    Form(
        "from a day",
        rf"^(?>(?:{WITHIN}*?[，,：])??自){WITHIN}*起[，,]?\s*(?:[中我]方|{any_of(*KEEPERS)})?(?:将|对|就)?$",
        yes=(
            "自2025年8月12日起，将",
            "为落实共识，自2025年8月12日起，",
            "自2025年8月12日起，中方",
            "自2025年8月12日起，商务部",
        ),
        no=("自2025年8月12日起，甲公司将",),
    ),
)
# It may go on from the act of the part before, …
GOES_ON = Forms(
    Form("goes on", rf"\s*{_ALSO}", yes=("同时将", "此外，将"), no=("将",)),
    anchored=True,
)
# … which is by one of these verbs.
ACTS = Forms(
    Form(
        "act",
        any_of(LIST, DELIST, STOP, SUSPEND, RESUME),
        yes=("列入", "移出", "停止", "暂停", "恢复"),
    )
)
# … unless it reports what was decided before, or what one may apply for.
NOT_NOW = Forms(
    Form(
        "not now",
        r"申请|曾|此前|以前|已于|已经|否则|视情|将依法|如.{0,20}的[，]",
        yes=("可申请", "此前已", "如违反规定的，"),
        no=("商务部决定",),
    )
)
# The notice that lists those whom an act concerns: 商务部公告2025年第13号对|甲公司.
OF_NOTICE = Forms(
    Form(
        "of a notice",
        r"[^。；\n]{0,80}?号）?(?:公告)?(?:所列[^，。；]{0,12}中[，,]?)?对(?:其中的)?",
        yes=("商务部公告2025年第13号对",),
        no=("甲公司",),
    ),
    anchored=True,
)
# A listing that is taken back: 撤销|将甲公司列入不可靠实体清单的决定.
TAKEN_BACK = Forms(
    Form(
        "remove",
        "(?P<verb>撤销|取消|废止|解除|不再)(?:此前|原|关于|继续)*(?:将|把)$",
        yes=("决定撤销将", "取消此前将", "不再将"),
        no=("决定将",),
    )
)
# 将原|列入管控名单: the object stands behind the list.
NO_OBJECT = Forms(
    Form("none", r"^(?:原|已|被|曾|此前|已经)*$", yes=("", "原", "已被"), no=("甲公司",))
)
# What begins the object of 列入: ，并将|丙公司.
OBJECT = Forms(
    Form(
        "object",
        r"(?:(?<=[，；：、])|(?<=^)|(?<=\n)|决定|并|同时|现|兹|起|日|方|制|部)(?:将|把)(?!依法|会|于|在|对|其)",
        yes=("，并将", "决定把", "自即日起将"),
        no=("即将", "并将依法"),
    )
)
# Those of whom a pronoun speaks: 经|甲公司|申请，决定将其移出.
APPLICANT = Forms(
    Form(
        "applicant",
        r"(?:经|鉴于|根据)(?P<names>[^，。；\n]{2,200}?)(?:的)?申请",
        yes=("经甲公司申请",),
    )
)
# Those that an act names as its subject: 甲公司自2026年3月1日起|移出.
SUBJECT = Forms(
    Form(
        "subject",
        r"(?P<names>[^，。；\n]{2,300}?)[，,]?(?:自[^，。；]{4,30}起[，,]?|予以)(?:被)?$",
        yes=("甲公司自2026年3月1日起",),
        no=("甲公司被",),
    ),
    Form(
        "subject",
        r"自[^，。；]{4,30}起[，,]?+(?P<names>(?!将|对|把)[^。；\n]{2,300}?)(?:予以|被)*$",
        yes=("自2026年3月1日起，甲公司（Alpha Inc.）、乙公司",),
        no=("自2026年3月1日起，将甲公司",),
    ),
    anchored=True,
)
# Measures of a list on those that the sentence does not list: 对甲公司|采取|不可靠实体清单措施.
TAKEN = Forms(
    Form(
        "add",
        "(?<!继续)对(?P<names>[^。；\n]{2,2000}?)(?P<verb>采取)$",
        yes=("决定对甲公司采取",),
        no=("继续对甲公司采取", "对甲公司实施"),
    )
)
# How many there are, by the measure word of what is counted.
_COUNT = rf"(?P<count>\d{{1,4}}|{NUMERAL}{{1,4}}|两)\s?"
COUNTS = Forms(
    Form(
        "organisation",
        rf"{_COUNT}(?:家|个(?=[^月日年工小分]))",
        yes=("等28家美国实体", "3个实体"),
        no=("6个月",),
    ),
    Form(
        "person",
        rf"{_COUNT}(?:名(?!单|称)|位|人(?![民工]))",
        yes=("等10名高级管理人员", "共3人"),
        no=("2名单",),
    ),
)
_MARKED = "[“《‘]?$"
# 对甲公司所|采取的措施; the 所 of 乙研究所 is the name's.
_BY = "(?:(?<!研究|事务|交易|设计|检验|制造)所)?"
# Up to a list's name: 将甲公司列入|出口管制管控名单.
PLACED = Forms(
    Form(
        "remove",
        rf"不再(?:被)?{LIST}(?:到|至|于)?{_MARKED}",
        yes=("甲公司不再列入",),
        no=("甲公司列入",),
    ),
    Form("add", rf"{LIST}(?:到|至|于|了)?{_MARKED}", yes=("将甲公司列入", "新增至“")),
    Form("remove", rf"{DELIST}(?:到|至|于|了)?{_MARKED}", yes=("将甲公司移出",)),
    # 将甲公司从|管控名单中移出: the verb stands behind.
    Form("out of", rf"从{_MARKED}", yes=("将甲公司从",)),
)
TAKEN_OUT = Forms(
    Form(
        "remove",
        rf"[”》’]?(?:之?中|内|里)?(?P<verb>{DELIST})",
        yes=("中移出", "”移除"),
        no=("相关措施",),
    ),
    anchored=True,
)
_KIND = "(?:相关|有关|管控|处理|处置|上述)?"
# Behind a list's name: 不可靠实体清单|措施, 出口管制管控名单|的15家美国实体的相关措施.
MEASURES = Forms(
    Form("measures", rf"[”》’]?的?{_KIND}措施", yes=("措施", "”的相关措施")),
    Form(
        "measures on some",
        rf"[”》’]?的(?P<names>[^，。；\n]{{2,60}}?)的{_KIND}措施",
        yes=("的15家美国实体的相关措施",),
    ),
    anchored=True,
)
# What is done to such measures.
STOPPED = Forms(
    Form("suspend", rf"(?:继续)?{SUSPEND}", yes=("继续暂停",)),
    Form("resume", RESUME, yes=("恢复",)),
    Form("remove", STOP, yes=("停止", "解除")),
)
# A verb behind the measures: 不可靠实体清单措施，自2026年3月10日起|暂停90天.
STOPPED_BEHIND = Forms(
    Form(
        "behind",
        r"[，,]?(?:自[^，。；]{2,30}起[，,]?)?(?:予以|均|现)*$",
        yes=("，自2026年3月10日起，", "予以", ""),
        no=("，并",),
    ),
    anchored=True,
)
# Those of whom the measures are named first: 对|甲公司|停止.
OF_WHOM = Forms(
    Form(
        "of",
        rf"(?:对于?|针对)(?P<names>[^。；]{{2,2000}}?)(?:{_BY}(?:采取|实施|适用))?的?[，,]?$",
        yes=("对甲公司", "对甲公司采取的"),
    ),
)
# 对列入出口管制管控名单|的甲公司|暂停实施相关措施1年.
LISTED = Forms(
    Form(
        "listed",
        rf"[”》’]?的(?P<names>[^。；\n]{{2,2000}}?)[，,]?(?:自[^，。；]{{2,30}}起[，,]?)?(?P<verb>(?:继续)?(?:{SUSPEND}|{STOP}|{RESUME}))(?:{APPLY})?"
        rf"[^，。；]{{0,8}}措施",
        yes=("的甲公司（Alpha Inc.）暂停实施相关措施", "的甲公司，自2026年3月10日起停止相关措施"),
        no=("的甲公司应当暂停",),
    ),
    anchored=True,
)
# 将原列入管控名单|的甲公司|调出.
LISTED_TAKEN_OUT = Forms(
    Form(
        "remove",
        rf"[”》’]?的(?P<names>[^。；\n]{{2,2000}}?)(?:均|一并|予以){{0,3}}(?P<verb>{DELIST})",
        yes=("的甲公司（Alpha Inc.）、乙公司移出",),
    ),
    anchored=True,
)
# Between the two: 暂停|实施对|甲公司|采取的|不可靠实体清单措施.
AFTER_STOPPED = Forms(
    Form("on", "(?:实施|适用|执行)?(?:对|针对)?", yes=("实施对", "对")), anchored=True
)
BEFORE_LIST = Forms(
    Form(
        "taken", rf"(?:{_BY}(?:采取|实施|适用))?的{_MARKED}", yes=("采取的", "的“"), no=("甲公司",)
    ),
    # 停止对甲公司|实施|不可靠实体清单措施.
    Form(
        "taken",
        rf"(?:采取|实施|适用|执行){_MARKED}",
        yes=("甲公司、乙公司实施", "甲公司适用“"),
        no=("甲公司",),
    ),
)
RENAMED = Forms(
    Form(
        "amend",
        rf"(?:更名|变更|更改|{AMEND}|{CORRECT})(?:为|成)",
        yes=("更名为", "修改为"),
        no=("变更后",),
    )
)
# Round the former name: 清单|中的“旧公司”名称|变更为. Where both names are printed behind 名称由, the former one is
# there.
FORMER_IN_LIST = Forms(
    Form("in it", "[”》’]?(?:之?中|内|里|所列)?的?", yes=("中的“旧公司”",)), anchored=True
)
FORMER_ENDS = Forms(
    Form("name", "的?(?:中文|英文|企业|公司)?名称$", yes=("“旧公司”的中文名称",), no=("旧公司",))
)
FORMER_BEHIND = Forms(
    Form(
        "from",
        "(?:名称由|由(?=“))(?P<former>.+)$",
        yes=("中文名称由旧公司", "由“旧公司”"),
        no=("由旧公司",),
    )
)
# New measures on one that was listed before: 决定于2025年2月4日将甲公司|列入不可靠实体清单。现决定对该企业采取以下处理措施.
MEASURED = Forms(
    Form(
        "amend",
        rf"将(?P<names>[^。；\n]{{2,200}}?){LIST}[“《]?(?:不可靠实体清单)[”》]?[。；，]"
        r"(?P<verb>现?决定对(?:该|上述|其)[^，。；\n]{0,8}采取(?:以下|下列|如下)?(?:处理)?措施)",
        yes=("将甲公司列入不可靠实体清单。现决定对该企业采取以下处理措施",),
    )
)
# 采取以下反制措施, and whom the numbered clauses behind it meet.
COUNTERMEASURES = Forms(
    Form(
        "add",
        "采取(?:以下|下列|如下|相应|有关)?(?P<list>反制(?:裁)?措施)",
        yes=("采取以下反制措施", "采取反制措施"),
    )
)
# 解除对|甲公司|采取的反制措施.
COUNTERMEASURES_STOPPED = Forms(
    *(
        Form(
            name,
            rf"(?P<verb>(?:继续)?{verb})(?:{APPLY})?对(?P<names>[^。；《》\n]{{2,300}}?)(?:{_BY}(?:采取|实施))?的?"
            "(?P<list>反制(?:裁)?措施)",
            yes=(example,),
        )
        for name, verb, example in (
            ("remove", STOP, "解除对甲公司采取的反制措施"),
            ("suspend", SUSPEND, "继续暂停实施对甲公司的反制措施"),
            ("resume", RESUME, "恢复对甲公司实施的反制措施"),
        )
    )
)
COUNTERMEASURE_CLAUSE = Forms(
    Form(
        "clause",
        r"对(?P<who>[^。；\n]{1,4000}?)，(?=冻结|禁止|不予|限制|不准)",
        yes=("对甲、乙等10名后附《反制清单》列明的企业高级管理人员，不予签发签证",),
        no=("对甲公司采取措施",),
    ),
    anchored=True,
)
ABOUT_PERSONS = Forms(
    Form("persons", "(?:个人|人员)$", yes=("对甲、乙等高级管理人员",), no=("对人员的",)),
    Form("measures", "对其本人|直系亲属|对其不予签发签证", yes=("对其本人及直系亲属不予签发签证",)),
)
# In the heading of an annex: what is done to those whom it lists, …
ANNEX_ACTIONS = Forms(
    Form("suspend", SUSPEND, yes=("暂停措施的实体名单",)),
    Form("remove", rf"移出|移除|调出|删除|{STOP}", yes=("移出出口管制管控名单的实体",)),
)
# … and that it lists any.
LIST_ANNEX = Forms(
    Form("list", "名单|清单|实体|企业|公司|机构|人员", yes=("美国实体",), no=("填表说明",))
)
