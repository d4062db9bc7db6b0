"""How a sentence forbids goods or has them licensed, and how it ends that (data).

Groups: `verb` the words that forbid or control, `word` 出口 or 进口, `names` the goods, `places` where
they come from or go to, `condition` what narrows it.
"""

from shared.chinese.annexes import ANNEX_IN_FULL
from shared.chinese.dates import DATE
from shared.chinese.form import Form, Forms
from shared.chinese.places import PLACE

_BRACKET = r"（[^（）\n]*(?:（[^（）\n]*）[^（）\n]*)*）"
# Goods that a list names: 《高纯材料一览表》所列物项.
_LIST = r"《[^《》\n]{1,60}》(?=所列|所载|中|内|列明)"
# No name of goods holds a verb that forbids (and a page of nothing but such verbs must not hold up a worker).
_PIECE = rf"(?:(?!禁止|暂停|停止|不得)[^，。；：:\n《》（）]|{_BRACKET}|{_LIST})"
_NAMES = rf"(?P<names>{_PIECE}{{1,400}}?)"
# What no clause begins with that only goes on naming goods.
_GOES_ON = "禁止|暂停|停止|不得|限制|对|自|从|向|应|由|凭|除|但"
# Goods at the end of a clause: all of it, and clauses behind it that go on naming goods with codes.
_LAST_NAMES = (
    rf"(?P<names>{_PIECE}{{1,400}}(?:[，；](?:以及|和|及)?(?:(?!{_GOES_ON})"
    rf"[^，。；：:\n《》（）]){{1,40}}（[^（）\n]*\d{{4}}[^（）\n]*）(?:(?:以及|[和及、]){_PIECE}{{1,60}})?)*)"
)
_END = r"(?=[，。；：\n]|$)"
_PLACES = rf"(?P<places>{PLACE}(?:(?:、|和|及|与|以及)(?:{PLACE}))*)(?:境内|地区|方面)?"
_BAN = r"(?P<verb>(?:全面|一律|完全|严格)?(?:禁止|暂停|停止|严禁|不得|不准))"
_LIMIT = r"(?P<verb>限制)"
_MANNER = (
    r"(?:直接或(?:者)?间接|直接|间接|(?:以|通过)(?:任何|各种|一切)(?:方式|形式|渠道|途径))?地?"
)
_GIVEN = "(?:出口|输出|供应|销售|提供|转让)"
_OUT = rf"(?P<word>{_GIVEN}(?:(?:、|或者?|和){_GIVEN})*)的?"
_IN = r"(?P<word>进口|输入)的?"
_CONTROL = r"(?:管制|许可证?管理|许可证?(?:制度|件)?|配额(?:管理|许可证?(?:管理)?)?|国营贸易管理|管理|限制)"
_ALL = r"(?:所有|一切|全部)?"

CONTROLS = Forms(
    Form(
        "import from",
        rf"{_BAN}{_MANNER}{_ALL}[自从由](?:发生[^，。；：\n]{{1,16}}的)?{_PLACES}{_IN}{_LAST_NAMES}",
        yes=(
            "禁止自朝鲜进口煤炭",
            "全面禁止从缅甸进口陶瓷",
            "禁止从发生口蹄疫的德国输入偶蹄动物",
        ),
        no=("禁止向朝鲜进口",),
    ),
    Form(
        "import from",
        rf"{_BAN}{_IN}(?:原产于|原产地为|产自|来自|来源于){_PLACES}的?{_LAST_NAMES}",
        yes=("全面暂停进口原产地为日本的水产品",),
    ),
    # 禁止自朝鲜进口： leads to a list.
    Form(
        "import from",
        rf"{_BAN}{_MANNER}{_ALL}[自从由]{_PLACES}{_IN}(?=：)",
        yes=("禁止自朝鲜进口：",),
    ),
    Form(
        "import from",
        rf"{_BAN}{_PLACES}(?:生?产的?|的)?{_NAMES}{_IN}{_END}",
        yes=("暂停日本水产品进口", "暂停台湾地区柑橘类水果、冰鲜白带鱼输入"),
    ),
    Form(
        "limited import from",
        rf"{_LIMIT}{_MANNER}{_ALL}[自从由]{_PLACES}{_IN}{_LAST_NAMES}",
        yes=("限制自朝鲜进口煤炭",),
    ),
    Form(
        "denial",
        rf"(?P<verb>(?P<condition>原则上)?(?:不予许可|不许可|不予批准)){_ALL}{_NAMES}[对向]{_PLACES}的?{_OUT}",
        yes=("原则上不予许可镓、锗、锑、超硬材料相关两用物项对美国出口",),
    ),
    Form(
        "export to",
        rf"{_BAN}{_MANNER}[对向往]{_PLACES}(?:的?(?P<condition>(?:军事|军工|国防|最终)[^，。；\n]{{1,30}}?))?{_OUT}{_LAST_NAMES}",
        yes=("禁止向朝鲜出口凝析油", "暂停对台湾地区出口天然砂", "禁止向美国军事用户出口甲"),
        no=("禁止向上述企业出口两用物项",),
    ),
    Form(
        "export to",
        rf"{_BAN}{_MANNER}[对向往]{_PLACES}{_OUT}(?=：)",
        yes=("禁止对朝鲜出口：",),
    ),
    Form(
        "limited export to",
        rf"[对向往]{_PLACES}(?P<word>出口)的?{_NAMES}(?P<verb>(?:的?总量|数量)?(?P<condition>不得?超过[^，。；\n]{{1,40}}))",
        yes=("对朝鲜出口原油不超过400万桶", "向朝鲜出口原油总量不得超过400万桶"),
    ),
    Form(
        "limited export to",
        rf"{_LIMIT}{_MANNER}[对向往]{_PLACES}{_OUT}{_LAST_NAMES}",
        yes=("限制对朝鲜出口精炼石油产品",),
    ),
    Form(
        "export to",
        rf"{_BAN}{_ALL}{_NAMES}[对向]{_PLACES}(?P<condition>[^。；\n对向]{{0,80}}?){_OUT}{_END}",
        yes=("禁止所有两用物项对日本军事用户出口", "禁止两用物项对美国军事用户或军事用途出口"),
    ),
    Form(
        "licence",
        rf"(?:延长|继续(?:实施|执行|保持)?)对{_NAMES}的(?P<verb>(?:临时)?(?P<word>出口|进口){_CONTROL})",
        yes=("延长对消费级无人机的临时出口管制",),
        no=("延长对甲的调查",),
    ),
    # Only of goods with codes: 出口货物的，应当申请许可 is a rule.
    Form(
        "coded",
        rf"(?:[对向自从]{_PLACES})?(?P<word>(?<!进)出口|进口){_NAMES}的?，?(?<![无不])(?:应当?|须|需|必须)[^，。；\n]{{0,30}}?(?P<verb>(?:申领|申请|取得|办理|凭)[^，。；\n]{{0,12}}许可)",
        yes=(
            "出口蜂蜡（商品编号：1521901000）的，应当申领出口许可证",
            "对缅甸出口松节油（海关编码：3805100000）的，须取得许可",
        ),
        no=("出口蜂蜡（商品编号：1521901000），无需申请许可证", "出口蜂蜡不须取得许可"),
    ),
    Form(
        "ban",
        rf"{_BAN}{_MANNER}(?:[对向](?:任何|所有)(?:国家和地区|国家|地区))?(?P<word>进口(?:、|或者?|和)出口|出口(?:、|或者?|和)进口|(?<!进)出口|进口|进出口)(?!企业|商|经营|活动|业务|贸易|货物的?单位|许可|管制|配额|限制|的?单位|的?行为)的?{_LAST_NAMES}",
        yes=(
            "禁止出口发菜",
            "禁止进口固体废物",
            "禁止以任何方式进口固体废物",
            "严禁向任何国家出口甲毒素",
        ),
        no=("禁止进出口企业",),
    ),
    Form(
        "ban",
        rf"{_BAN}{_ALL}(?![自从对向]|限制|擅自){_NAMES}(?P<word>(?:(?<!进)出口|进口))(?:到|至|往)?(?:我国|中国)?{_END}",
        yes=("禁止犀牛角和虎骨出口",),
        no=("禁止上述企业从事与中国有关的进出口活动", "不得限制出口"),
    ),
    # 自缅甸进口柚木的，一律禁止: the country and the goods stand before the verb, in a rule that bids as 应当申领 does.
    Form(
        "bidden",
        rf"[自从由]{_PLACES}{_IN}{_NAMES}的，?(?:一律|均|全面|应当?|予以)*(?P<verb>禁止|不予许可)",
        yes=("自缅甸进口柚木的，一律禁止",),
    ),
    Form(
        "bidden",
        rf"[对向往]{_PLACES}{_OUT}{_NAMES}的，?(?:一律|均|全面|应当?|予以)*(?P<verb>禁止|不予许可)",
        yes=("向缅甸出口汞的，一律禁止",),
    ),
)
# The same where the goods stand before the verb, in the clause that ends with it.
BEHIND = Forms(
    Form(
        "licence",
        r"(?P<verb>(?:暂时|临时)?(?:实施|实行|施行|采取|纳入|列入)(?:为期[^，。；\n]{1,8}的)?(?:临时|自动)?(?:全面)?(?P<word>出口|进口|进出口)(?:自动)?"
        rf"{_CONTROL}(?!管控|关注))",
        yes=("对某酸钾实施出口管制", "将硝酸铵纳入出口管制", "对石蜡实行出口许可证管理"),
        no=("加强相关两用物项对美国出口管制", "对第21号公告列入出口管制管控名单的实体"),
    ),
    Form(
        "licence",
        rf"(?P<word>出口|进口|进出口)(?P<verb>(?:实施|实行|施行){_CONTROL})",
        yes=("对甘草及甘草制品的出口实行许可证管理",),
    ),
    Form(
        "stricter",
        r"(?P<word>出口)，(?P<verb>实施(?P<condition>更?(?:为)?严格[^，。；\n]{0,40}))",
        yes=("对石墨两用物项对美国出口，实施更严格的审查",),
    ),
    Form(
        "unlicensed",
        rf"(?P<verb>未经(?:许可|批准)，?(?:任何单位和个人)?(?:均?不得|禁止))(?P<word>出口|进口)(?P<names>{_PIECE}{{1,400}})?",
        yes=("以下物项，未经许可，不得出口", "未经许可，不得出口硝酸铵"),
        no=("不得出口",),
    ),
    Form(
        "listed",
        r"(?P<verb>增列入?|增补入?|新增列?入?|列入|纳入)(?=[^，。；：\n]{0,30}(?:目录|清单|：))",
        yes=("将下列商品增列入目录", "将甲苯列入《出口许可证管理货物目录》"),
        no=("列入管控名单",),
    ),
    Form(
        "use",
        r"(?P<verb>禁止|不得)(?P<word>出口)(?P<condition>用于[^，。；\n]{1,60})",
        yes=("其他民用无人机不得出口用于军事目的",),
    ),
    Form(
        "use",
        rf"(?P<verb>禁止|不得)(?P<condition>用于[^，。；\n]{{1,40}}?)(?P<word>出口|进口){_END}",
        yes=("其他民用无人机禁止用于军事目的出口",),
    ),
    Form(
        "ban",
        rf"(?P<verb>禁止|不得|不准|暂停|停止)(?P<word>出口|进口){_END}",
        yes=("野生麻黄草禁止出口",),
        no=("禁止出口发菜",),
    ),
)
# Before what is banned: 未经许可，|甲氢不得出口.
UNLICENSED = Forms(
    Form(
        "unlicensed",
        r"未经(?:商务部)?(?:许可|批准|同意)(?:的)?，\s?$",
        yes=("未经许可，", "未经商务部许可，"),
        no=("未经加工，",),
    )
)
# The goods in the clause before such a verb.
OBJECTS = Forms(
    Form(
        "object",
        rf"[对将](?:出口|进口)?的?{_NAMES}(?:[对向]{_PLACES}[^对向，；]{{0,40}}?)?的?(?:出口|进口|进出口)?\s?$",
        yes=("决定对某酸钾（海关商品编号2829900020）", "将硝酸铵", "对锑对美国"),
    )
)
SUBJECTS = Forms(
    Form(
        "subject",
        rf"(?:其他|所有|凡|出口|进口)?{_NAMES}(?:的)?，?\s?$",
        yes=("其他民用无人机", "以下物项，", "出口石蜡"),
    ),
    anchored=True,
)
# What ends a ban or a control: the goods behind it or in the list below it are free.
ENDS = Forms(
    Form(
        "no longer",
        r"(?P<verb>不再)(?:对|按|实施|实行|列入|纳入|作为|适用|执行|禁止|限制|管制|将|凭|需|须|实施|受)",
        yes=("对下列商品不再实行出口许可证管理",),
    ),
    Form(
        "ended",
        rf"(?P<verb>取消|解除|停止实施|停止执行|终止|暂停实施|暂停执行|中止){_PIECE}{{0,80}}?(?:管制|许可证?|配额|禁令|禁止|限制|措施|管理|目录)",
        yes=("取消下列商品的出口许可证管理", "解除对甲的进口禁令"),
    ),
    Form(
        "ended",
        rf"(?P<verb>暂停|停止|中止|终止)(?:对|将){_PIECE}{{0,80}}?(?:实施|实行|采取|执行)",
        yes=("暂停对下列物项实施出口管制",),
    ),
    Form(
        "ended",
        rf"(?P<verb>暂停|停止|中止|终止|取消|解除)对{_PIECE}{{0,80}}?的(?:进口|出口|进出口)?(?:临时)?(?:管制|禁令|限制|许可证?管理)",
        yes=("暂停对下列物项的出口管制",),
        no=("决定对下列物项的出口管制",),
    ),
    Form(
        "taken out",
        r"(?:从|由)[^，。；：\n]{0,60}?(?:目录|清单|名录)》?[^，。；：\n]{0,10}?(?P<verb>删除|调出|移出|移除|剔除|删去)",
        yes=("将下列商品从《禁止进口货物目录》中删除",),
    ),
    Form(
        "taken out",
        r"(?P<verb>删除|删去|调出|剔除)(?:下列|以下|如下)",
        yes=("删除以下商品",),
    ),
    Form(
        "resumed",
        r"(?P<verb>恢复|允许|准许|准予|可以)(?:[自从对向][^，。；：\n]{1,12}?)?[^，。；：\n]{0,30}?(?:进口|出口|输入)",
        yes=("恢复自台湾地区进口菠萝", "允许下列货物进口"),
    ),
)
# Names that stand for goods named elsewhere: in the list below, above, in an annex.
POINTS = Forms(
    Form(
        "no goods",
        r"有关规定|决定|企业|单位|公司|实体|个人|人员|经营者|活动|业务|行为|从事|办法|规定|措施|许可证|申请|程序|根据|依据|国务院|公司|集团|大学|研究所|机构|用户",
        yes=("甲企业", "违反有关规定"),
        no=("仲钨酸铵",),
    ),
    Form(
        "below",
        rf"^(?:所有|对)?(?:下列|以下|如下|下述)|(?:下列|以下|如下|下述)[^，。；\n]{{0,16}}的(?:物项|货物|产品|商品|技术)$|{ANNEX_IN_FULL}|(?:目录|清单|名录|一览表)》?(?:所列|中|内|列明|上|(?:（[^（）]*）)?$)",
        yes=(
            "下列物项",
            "附件1所列物项",
            "满足以下特性的物项",
            "货物目录（第九批）",
            "《高纯材料一览表》所列物项",
        ),
        no=("未列入管制的无人机",),
    ),
    Form(
        "above",
        r"上述|前款|前条|前述|^(?:本公告|该|其(?!他|余)|此类)|^(?:有关|相关)(?:货物|物项|产品|商品)$",
        yes=("上述物项", "该产品"),
        no=("铁、钢和其他金属",),
    ),
    Form(
        "anything",
        r"^(?:所有|一切|任何|部分|国家|有关|相关|某些|其他|的)*(?:货物|产品|商品|物项|物品|技术|活动|贸易|货物、技术)?(?:的)?$",
        yes=("货物", "某些物项"),
        no=("两用物项",),
    ),
)
# Behind the names, and no part of them: 暂停出口尿素|至2025年12月31日.
UNTIL = Forms(
    Form("until", rf"，?(?:直)?[至到]\s?{DATE}(?:止)?$", yes=("至2025年12月31日",), no=("至今",))
)
# Before a name, and no part of it.
ALL_OF = Forms(
    Form("all of", r"(?:的|所有|一切|全部|任何)(?!.{0,2}$)", yes=("所有工业机械",), no=("所有",)),
    anchored=True,
)
# Before a name: where the goods come from or go to.
CONCERNED = Forms(
    Form("origin", rf"(?:原产于|原产地为|产自|来自){_PLACES}的", yes=("原产于缅甸的翡翠",)),
    Form("destination", rf"[对向往]{_PLACES}出口的", yes=("向伊朗出口的核用石墨",)),
    anchored=True,
)
