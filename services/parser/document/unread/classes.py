"""Marks that say nothing of what a notice does, by the words around them (data).

The name of a form is the class, and `OF` says which marks it is about: those that stand within the words
of the form. (Whether a verb's sentence does what it says is asked of `shared/chinese/moods.py`.)
"""

from services.parser.document.unread.marks import ACTS, CHANGES
from shared.chinese.acts import ISSUE, PUBLISH
from shared.chinese.annexes import ANY_ANNEX
from shared.chinese.dates import DATE, DAY, YEAR
from shared.chinese.form import Form, Forms
from shared.chinese.numerals import HUNDREDS
from shared.chinese.places import OTHER_SIDE, PLACE
from shared.chinese.provisions import numbered
from shared.chinese.sentences import STOPS, WITHIN

_ABROAD = rf"(?:{PLACE}|{OTHER_SIDE})"

# Classes of whole lines …
LINES = Forms(
    # By how much goods are dumped or subsidised is no rate of a duty.
    Form(
        "margins",
        r"(?:幅度|补贴率)[^。\n]{0,12}(?:如下|见下表)：?(?:\n(?![^\n]*(?:税率|保证金|比率))[^。\n]{1,80})+",
        yes=("各公司的倾销幅度如下：\n1.甲公司 18.1%\n（Alpha Inc.）",),
        no=("各公司的反倾销税税率如下：\n1.甲公司 18.1%",),
    ),
    Form("question", r"(?:有?记者)?问：[^\n]*", yes=("有记者问：是否暂停？",)),
    Form(
        "annex",
        rf"{ANY_ANNEX}[：\n]\s?[^。；\n]{{0,80}}(?:\n\s?\d{{1,2}}[.、][^。；，（\n]{{0,80}}(?=\n|$))*",
        yes=(
            "附件：1.停止措施的2家美国实体\n2.继续暂停措施的2家美国实体\n",
            "附件\n被列入清单的实体",
        ),
        no=("见附件。",),
    ),
    Form(
        "heading",
        rf"(?m:^)[{HUNDREDS}]{{1,3}}、(?![^\n]*调查期)[^，。；：\n]{{2,16}}(?=\n|$)",
        yes=("三、征收反倾销税的方法\n自",),
        no=("三、本公告自发布之日起实施。",),
    ),
    Form("heading", rf"(?m:^){PLACE}公司：?(?=\n|$)", yes=("日本公司\n1.",), no=("日本某公司",)),
    Form(
        "period of investigation",
        rf"调查期(?:间|限)?[^。]{{0,20}}?{DATE}[至到-]{DATE}",
        yes=("倾销调查期为2012年1月1日至2012年12月31日",),
    ),
)
# … and of words.
WORDS = Forms(
    # What the notice itself publishes.
    Form(
        "issued here",
        rf"《[^《》\n]{{1,200}}》已(?:经|由)[^。\n]{{0,120}}?通过|现(?:予以?|将)?{ISSUE}(?:修订后的)?《[^《》\n]{{1,200}}》",
        yes=("《某办法》已经商务部部务会议审议通过", "现公布《某目录》"),
        no=("根据《某办法》",),
    ),
    # The words of a title say what another document does.
    Form(
        "title",
        r"《[^《》\n]{1,200}(?:《[^《》\n]{0,200}》[^《》\n]{0,200}){0,9}》",
        yes=("《2025年规定》",),
    ),
    Form(
        "title",
        r"（(?:关于|公布|有关)[^（）。\n]{2,120}(?:公告|决定|通知|办法|规定|意见)）",
        yes=("（公布对某物项实施出口管制的决定）",),
        no=("（关于某事）",),
    ),
    Form(
        "title",
        r"关于[^，。；：《》\n]{2,80}?的(?:公告|决定|通知|意见|批复|函)(?=[。，；）\s]|$)",
        yes=("关于调整部分商品出口许可证管理的公告",),
        no=("关于某事的规定",),
    ),
    Form(
        "own end",
        r"(?:有效期|(?<!实施)期满|届满)[^，。；\n]{0,24}(?:，[^，。；\n]{0,6})?(?:失效|废止)",
        yes=("有效期至2027年12月31日，期满自动失效", "期满失效"),
        no=("公告2019年第12号到期终止", "公告2019年第12号已实施期满，自动失效"),
    ),
    Form(
        "label",
        r"[【〔]?(?:实施|生效|执行|施行)(?:日期|时间)[】〕：]",
        yes=("【实施日期】2025-1-1", "实施日期：2025-1-1"),
        no=("实施日期另行通知",),
    ),
    # What stays where another part of a duty is suspended.
    Form(
        "kept",
        r"保留\d[\d.]*%的[^，。；\n]{0,20}?(?:税率|关税)",
        yes=("保留10%的对美加征关税税率",),
        no=("保留措施",),
    ),
    # A noun, a post, an office.
    Form(
        "noun",
        r"实施(?:以来|期限|细则|方案|办法|条例|意见|日期|主体|情况|过程|机构|单位|中)|执行(?:主任|官|董事|副总裁|总裁|情况|期限|委员|机构|局|力)"
        r"|(?:征收|调整|限制|禁止)(?:类|性|和缴纳|范围|工作|措施|方法|的期限|的方法)|管制管理",
        yes=("实施期限为5年", "规定实施以来", "首席执行官", "执行董事", "限制类"),
        no=("实施出口管制",),
    ),
    Form(
        "in accordance",
        r"(?:按照?|依照|依据|根据|参照|遵照)[^，。；\n]{0,80}?(?:实施|执行)",
        yes=("按《不可靠实体清单规定》执行", "请遵照执行"),
        no=("自2025年1月1日起执行", "根据某规定决定取消某措施"),
    ),
    # What offices do with a document, in the phrases that end it.
    Form(
        "procedure",
        r"(?:组织|负责|认真|贯彻|具体|抓好|监督|推动|协调|制定|确保|加强)[^，。；\n]{0,12}?(?:实施|执行)"
        rf"|(?:并|予以)(?:组织)?实施(?=[{STOPS}])"
        r"|适时(?:进行)?调整|适当(?:调整|延长)|准予或者?不予许可|新规实施前",
        yes=("组织实施", "认真贯彻执行", "适时调整名单"),
        no=("实施出口管制",),
    ),
    # 2012年9月5日，商务部发布2012年第51号公告，决定对…征收反倾销税，实施期限为5年。
    Form(
        "recital",
        rf"(?:(?<=[。，\n：])|(?m:^))(?:{DATE}|{DAY}|{YEAR}年)(?:和\d{{1,2}}日)?，[^，。；\n]{{2,30}}?(?:分别|联合)?{PUBLISH}(?:了)?"
        rf"[^。；\n]{{0,40}}(?:公告|号|裁定)[^。；\n]{{0,200}}",
        yes=("2012年9月5日，商务部发布2012年第51号公告，决定对某物征收反倾销税，实施期限为5年",),
        no=("自2012年9月5日起，商务部发布",),
    ),
    Form(
        "recital",
        rf"(?:(?<!决定)于(?:{DAY})(?:和\d{{1,2}}日)?，?|(?:{DATE})，)[^，。；\n]{{0,20}}?将[^。；\n]{{0,300}}?(?:列入|纳入)[^。；\n]{{0,40}}",
        yes=(
            "某机制于2025年4月4日和9日，将17家企业列入清单",
            "2023年2月16日，某机制将甲公司列入清单",
        ),
        no=("自2025年4月4日起，将甲公司列入清单", "决定于2025年4月4日将甲公司列入清单"),
    ),
    Form(
        "act of others",
        rf"(?:(?<=[。，；\n：])|(?m:^)){DAY}(?:上午|下午|晚)?，{_ABROAD}[^。\n]{{0,200}}",
        yes=("12月9日，美方宣布取消某措施",),
        no=("12月9日，商务部",),
    ),
    Form(
        "adopted",
        rf"(?:{DATE})[^，。；\n]{{0,80}}?(?:通过|批准|修订通过)",
        yes=("2021年9月18日国家发展和改革委员会第18次委务会议审议通过",),
        no=("2021年9月18日公布",),
    ),
    # The day of a document that is cited beside its number or title.
    Form(
        "date of what is cited",
        rf"(?:{DAY})[^，。；\n（]{{0,30}}?{ISSUE}的",
        yes=("1992年3月8日国务院发布的《办法》",),
        no=("1992年3月8日发布",),
    ),
    Form(
        "date of what is cited",
        rf"(?:{DAY})的?公告（",
        yes=("2025年3月4日公告（商务部公告2025年第13号）",),
    ),
    Form(
        "date of what is cited",
        rf"（[^（）。\n]{{0,40}}?(?:{DAY})[^，。；\n（）]{{0,12}}(?:{ISSUE}|修[订正改])(?=[，）])",
        yes=("（对外贸易经济合作部2004年1月1日公布）", "（关于甲，2009年8月3日发布）"),
        no=("（2004年1月1日起施行）",),
    ),
    # By what a cited document was revised: 《甲办法》（商务部令2008年第5号公布，商务部令2015年第2号修订）.
    Form(
        "revision of what is cited",
        r"(?<=[，、 ])[^（），。；\n《》]{2,40}?修[订正改](?=）)",
        yes=("（商务部令2008年第5号公布，商务部令2015年第2号修订）",),
        no=("（商务部令2008年第5号修订）作如下修改",),
    ),
    Form("born", rf"{DATE}(?:出生|生)", yes=("1953年2月3日生",)),
    # Measures that every list of entities comes with.
    Form(
        "measure on the listed",
        r"(?:禁止|不得)(?:(?:出口经营者)?向)?(?:(?:上述|我国|中国|其|有关)[^，。；\n]{0,30})?(?:从事与中国有关的进出口活动|在中国境内新增投资"
        r"|(?:高级管理人员)?入境|出口两用物项|进行有关交易|有关交易)|不批准并取消|资格予以取消|活动应当立即停止|管理人员不得入境",
        yes=(
            "禁止上述企业从事与中国有关的进出口活动",
            "不得在中国境内新增投资",
            "禁止向上述15家美国实体出口两用物项",
            "禁止我国境内的组织、个人与其进行有关交易",
            "活动应当立即停止",
        ),
        no=("禁止其向中国出口基因测序仪",),
    ),
    # A list is told from others by what was done: 列入…的实体, 停止措施的实体.
    Form(
        "described",
        r"(?:征收|加征)(?:的|.{0,4}税的)|(?:列入|纳入|移出)[^，。；、\n]{0,16}?(?:清单|名单|目录)的"
        r"|(?:停止|暂停)措施的(?=\d{1,3}家|[^，。；\n]{0,6}(?:实体|企业))",
        yes=("征收的税率", "列入出口管制管控名单的2家美国实体", "停止措施的2家美国实体"),
        no=("将某公司列入名单", "暂停对甲公司的相关措施", "列入违反规定的企业清单"),
    ),
    Form(
        "wording",
        rf"将?{numbered('条', '款', '章')}[^，。；\n]{{0,24}}?(?:修改|调整|修订|删除|删去)|作(?:出)?(?:如下|以下)(?:修改|调整)|(?:删去|增补)第",
        yes=("将第五条第一款修改为", "删去第十二条第二款", "第八条删去", "作如下修改"),
        no=("第五条规定",),
    ),
    Form(
        "purpose",
        r"(?:(?<=[。，；\n　 ])|(?m:^))为(?:了|维护|保护|贯彻|落实|进一步|规范|加强|促进|履行|做好|执行|实施)[^，。；\n]{0,60}，",
        yes=("为了规范关税的征收和缴纳，", "为执行某决议，"),
        no=("期限为5年，",),
    ),
    Form(
        "share",
        rf"(?:比例|占比?|股权|份额|控股|同比|环比|增长|下降|上涨|高于|低于|超过)[^，。；\n%]{{0,12}}(?:\d[\d.]*\s?%|百分之[{HUNDREDS}零点]+)",
        yes=("国营贸易比例90%", "控股50%"),
        no=("税率为5%",),
    ),
    Form(
        "contact",
        rf"(?:电话|传真|邮编|邮箱|电子邮件|网址|网站|E-?mail|Email|Tel|Fax)[：: ]?{WITHIN}*",
        yes=("联系电话：010-65198164",),
    ),
    Form(
        "english name",
        r"英文(?:名称?|简称|缩写)?(?:为|是)?[：:]?\s?[^，。；）\n]*",
        yes=("英文名称：Gallium arsenide",),
    ),
    Form(
        "economy",
        r"(?:经济|增长|生产|秩序|消费|市场|信心)(?:[^，。；\n]{0,6})恢复|恢复(?:经济|增长|生产|交通|秩序|信心|运输)|限制(?:中国)?企业的?正常",
        yes=("秩序基本恢复", "恢复经济"),
        no=("恢复征收",),
    ),
)
_PAST = frozenset({"date", "period", "percentage"})
OF: dict[str, frozenset[str]] = {
    "issued here": ACTS | _PAST | {"title"},
    "title": ACTS | _PAST | {"document number", "latin name", "customs code", "control code"},
    "own end": frozenset({"repeal"}),
    "label": frozenset({"apply"}),
    "kept": frozenset({"percentage", "levy"}),
    "noun": frozenset({"apply", "levy", "amend", "forbid"}),
    "in accordance": frozenset({"apply"}),
    "procedure": frozenset({"apply", "amend", "extend", "forbid"}),
    "recital": ACTS | _PAST | {"latin name"},
    "act of others": _PAST | {"document number", "title"},
    "adopted": frozenset({"date", "amend"}),
    "date of what is cited": frozenset({"date"}),
    "revision of what is cited": frozenset({"date", "document number", "amend"}),
    "born": frozenset({"date"}),
    # Under the title of the text (identity/history.py), not a form of this table.
    "history": frozenset({"date", "document number", "title", "amend"}),
    "period of investigation": frozenset({"date"}),
    "question": _PAST,
    "measure on the listed": frozenset({"forbid", "stop"}),
    "described": frozenset({"levy", "list", "delist", "stop", "suspend"}),
    "annex": ACTS | {"title", "date"},
    "heading": frozenset({"levy", "apply", "amend", "organisation"}),
    "wording": frozenset({"amend", "delist"}),
    "purpose": ACTS | {"latin name"},
    "margins": frozenset({"percentage", "organisation", "latin name"}),
    "share": frozenset({"percentage"}),
    "contact": frozenset({"customs code", "latin name", "date"}),
    "english name": frozenset({"latin name"}),
    "economy": frozenset({"resume", "forbid"}),
}
# What the articles of a law or of rules rule without doing it …
OF_ARTICLES = frozenset({"forbid", "levy", "list", "delist", "control", "apply"})
# … and where they name no other document.
OF_ARTICLES_ALONE = OF_ARTICLES | CHANGES - {"repeal"}
# Acts that a reading claims were done: where their sentence does nothing, the reading is doubtful.
CLAIMS = CHANGES | {"list", "delist"}
