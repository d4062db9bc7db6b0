"""How a sentence says from when a document is in force (data)."""

from shared.chinese.acts import (
    AMEND,
    APPLY,
    DELIST,
    FORBID,
    ISSUE,
    LEVY,
    LIST,
    REPEAL,
    RESUME,
    STOP,
    SUSPEND,
    any_of,
)
from shared.chinese.dates import DATE, MONTH_DAY
from shared.chinese.document_types import DOCUMENT_TYPE
from shared.chinese.form import Form, Forms
from shared.chinese.numerals import HUNDREDS
from shared.chinese.periods import PERIOD
from shared.chinese.provisions import numbered
from shared.chinese.sentences import STOPS

_IN_FORCE = r"(?:正式)?(?:开始)?(?:施行|实施|执行|实行|试行|生效|有效|适用)(?!的)"
_FROM = "[自从于](?<!关于)"
_LATER = r"起\s?(?P<later>[^。；，\n]{0,14}?)"
FROM = Forms(
    Form(
        "from",
        rf"{_FROM}(?P<when>[^。；\n自]{{2,40}}?){_LATER}{_IN_FORCE}",
        yes=("自2026年1月1日起施行", "自公布之日起30日后施行", "于2026年1月1日起正式实施"),
        no=("自2026年1月1日起施行的",),
    ),
    Form(
        "from",
        rf"(?P<when>即日|{DATE}|(?:本{DOCUMENT_TYPE})?{ISSUE}之日){_LATER}{_IN_FORCE}",
        yes=("本公告2024年5月1日起施行", "即日起执行", "公布之日起30日后施行"),
    ),
    # From the first day of its term on: 本公告有效期自2026年1月1日至2026年12月31日.
    Form(
        "term",
        rf"(?:本(?:{DOCUMENT_TYPE}|制度)|(?:本|该|此项|上述|税收|优惠|支持)?政策)(?:的)?(?:(?=自{DATE}起?\s?[至到])|有效期限?|(?:执行|实施|施行|适用)(?:期限?|时间))(?:为|是|：)?(?:{PERIOD}，)?[自从]?"
        rf"(?P<when>{DATE})起?\s?[至到]",
        yes=(
            "本公告有效期自2026年1月1日至2026年12月31日",
            "本通知执行期限为2025年1月1日至2027年12月31日",
            "本公告有效期三年，自2025年9月1日起至2028年8月31日止",
            "本公告自2025年8月1日至2026年7月31日实施",
            "优惠政策执行期限为2025年1月1日至2027年12月31日",
        ),
        no=("本公告有效期至2026年12月31日", "许可证有效期自2026年1月1日至2026年12月31日"),
    ),
    Form(
        "on",
        rf"{_FROM}(?P<when>[^，。；\n自于起]{{4,14}}日){_IN_FORCE}",
        yes=("自2026年1月1日施行",),
        no=("自2026年1月施行",),
    ),
)
_ACT = any_of(
    *(f"不(?:再)?{LEVY}", LEVY, "免征", "停征", "开征", "计征", FORBID),
    *(SUSPEND, STOP, RESUME, REPEAL, LIST, DELIST, AMEND, APPLY),
    *("采取", "不再", "取消", "降低", "提高", "允许", "开放", "实行", "试行"),
    "应当?[^，。；]{0,24}(?:填报|申报(?!表)|申领)",
    "(?<!所)(?:提供|缴纳)[^，。；]{0,8}(?:保证金|反倾销税|反补贴税)",
)
# What may stand between the day and the act: whom and what it is about.
_ABOUT = any_of(
    *(
        "对",
        "将",
        "把",
        "海关(?!总署)",
        "我国",
        "中国",
        "中方",
        "国家",
        "全国",
        "进口经营者",
        "进口商",
        "(?:进口|出口|进出口)?(?:货物)?(?:收货人|发货人|收发货人)",
    ),
    *(
        "继续",
        "采用",
        "按照?",
        "依照",
        "凡",
        "所有",
        "上述",
        "下列",
        "以下",
        "相应",
        "原产",
        "《",
        "该",
        "其",
        "现行",
    ),
)
# (A quotation counts as one only for what may not stand outside of it: else there would be two ways through each.)
_WORDS = r"(?:[^。；\n《》自]|《[^》\n]{0,300}》|“[^”\n。；《》自]{0,300}[。；《》自][^”\n]{0,300}”){0,160}?"
_UNTIL = r"(?:\s?[至到](?P<until>[^，。；\n]{2,24}?))?"
# A day with the act itself, no 施行: 自2025年3月20日起，对原产于某国的部分进口商品加征关税.
ACTS = Forms(
    Form(
        "act",
        rf"{_FROM}(?P<when>[^，。；\n自]{{2,40}}?)(?P<on>起|(?=\s?[至到])){_UNTIL}(?:（[^（）\n]{{1,12}}）)?[，\s]{{0,2}}"
        rf"(?:期间，)?(?P<about>(?:{_ABOUT}{_WORDS})?(?:全面|一律|临时|正式|同时|全部|有条件|逐步){{0,4}})"
        rf"(?P<act>{_ACT})(?!的(?![1-9]))",
        yes=(
            "自2025年3月20日起，对原产于某国的部分进口商品加征关税",
            "自2025年6月10日起，海关对进口的橡胶，继续按照公告的规定征收反倾销税",
            "自2025年8月14日起，进口经营者应向海关提供相应的保证金",
            "自即日起暂停进口",
            "自即日起有条件恢复",
            "自2025年9月4日起，现行反倾销税税率适用于",
            "自本公告发布之日起至2026年6月30日，对附件所列商品免征关税",
            "自2025年6月10日起，进口收货人申报时，应当按照有关规定填报商品编号",
        ),
        no=(
            "自2025年1月1日起，企业应当报送材料",
            "自2025年1月1日起加征的关税",
            "自2025年4月10日起，海关总署公告2020年第17号停止执行",
        ),
    ),
    # 决定自2025年6月16日起对原产于某国的进口某产品进行反倾销立案调查
    Form(
        "act",
        rf"{_FROM}(?P<when>[^，。；\n自]{{2,40}}?)(?P<on>起){_UNTIL}[，\s]{{0,2}}(?P<about>(?:对|就)?{_WORDS})"
        rf"(?P<act>(?:发起|启动|进行|开展|予以)[^，。；\n]{{0,30}}(?:立案|调查|复审))(?!的)",
        yes=(
            "自2025年6月16日起进行反倾销立案调查",
            "自2025年6月16日起，对原产于某国的进口某产品发起反补贴调查",
        ),
        no=("自2025年6月16日起进行登记", "自2025年6月16日起进行调查的"),
    ),
    Form(
        "act",
        rf"本次(?:调查|复审)(?:期限?)?自(?P<when>{DATE})(?P<on>起){_UNTIL}(?P<about>)(?P<act>开始)",
        yes=("本次调查自2025年6月16日起开始，通常应在2026年6月16日前结束",),
        no=("调查问卷自2025年6月16日起开始发放",),
    ),
    # 自2025年7月5日起，戊公司（Epsilon AG）所适用的反倾销税税率由28.6%调整为11.3%
    Form(
        "act",
        rf"{_FROM}(?P<when>[^，。；\n自]{{2,40}}?)(?P<on>起){_UNTIL}，(?P<about>[^，。；\n]{{2,160}}?适用的"
        rf"[^，。；\n]{{0,12}}(?:税率|比率)[^，。；\n]{{0,24}}?)(?P<act>{AMEND}|变更)(?=为|如下)",
        yes=("自2025年7月5日起，戊公司所适用的反倾销税税率由28.6%调整为11.3%",),
        no=("自2025年7月5日起，戊公司调整为",),
    ),
    # 决定采取保障措施。实施期限3年，自2026年1月1日起至2028年12月31日: the term is a sentence of its own.
    Form(
        "act",
        rf"(?:^|(?<=[{STOPS}\n]))\s?(?P<act>(?:实施|执行|征收)期限)(?:为|是)?(?:{PERIOD}，)?(?P<about>)自(?P<when>{DATE})(?P<on>起?)"
        rf"\s?[至到](?P<until>{DATE})",
        yes=("实施期限3年，自2026年1月1日起至2028年12月31日",),
        no=("实施期限3年",),
    ),
    # The day stands behind: 采取保障措施，实施期限为3年，自2026年1月1日至2028年12月31日.
    Form(
        "act before",
        rf"(?P<act>{_ACT})[^。；，\n“”]{{0,20}}，(?:实施|执行)?期限[^。；，\n]{{0,12}}，?自(?P<when>[^，。；\n自]{{2,24}}?)"
        rf"(?P<on>起?)(?=\s?[至到])",
        yes=("采取保障措施，实施期限为3年，自2026年1月1日至2028年12月31日",),
        no=("采取保障措施，自2026年1月1日至2028年12月31日",),
    ),
)
# Up to such a day from where its sentence begins: 经国务院批准， or 商务部决定. (企业应当自…起停止使用 says what
# somebody has to do.)
DECIDED = Forms(
    Form(
        "decided",
        rf"(?:.*[，：]\s?)?(?:（?[{HUNDREDS}\d]{{1,3}}[、.）]\s?)?(?:[^，。；]{{0,16}}决定|现|兹|对[^，。；《》号]{{1,30}})?$",
        yes=(
            "",
            "经国务院批准，",
            "现公告如下：",
            "国务院关税税则委员会决定",
            "一、",
            "（二）决定",
            "对上述企业",
        ),
        no=("企业应当", "建议", "美国宣布"),
    ),
    anchored=True,
)
# Before it: the sentence is about this document, 本公告, or 现公布《…办法》, ….
THIS = Forms(
    Form("this", f"本(?:{DOCUMENT_TYPE}|制度)|上述|以上", yes=("本公告", "上述措施")),
    Form("issued", f"(?:现|予以?){ISSUE}", yes=("现公布《某办法》，", "现予发布")),
    Form("issued", rf"{ISSUE}[^，。]{{0,10}}，?$", yes=("关于公布《某办法》，",)),
)
# Up to the day: the document that it is the day of, by its title.
TITLED = Forms(
    Form(
        "titled",
        r"《(?P<title>[^《》]+)》(?:（[^（）]*）)?(?:已|将|也|同时|均|正式)*$",
        yes=("《某条例》", "根据《某条例》（国务院令第1号）将"),
        no=("现公布《某办法》，",),
    )
)
# What the text issues itself.
ISSUES = Forms(
    Form(
        "issues",
        rf"{ISSUE}(?:的|了)?《(?P<title>[^《》]+)》",
        yes=("现公布《某办法》", "发布了《某条例》"),
        no=("《某办法》公布",),
    )
)
# Between 起 and 施行: what is resumed, suspended or prolonged is another document, or was in force.
ANOTHERS = Forms(
    Form(
        "another's",
        "恢复|暂停|停止|中止|继续|废止|不再|延长",
        yes=("恢复", "继续"),
        no=("正式",),
    )
)
# The day by another's: 公布之日, 即日; 公布次日 is the day behind.
PUBLISHED = Forms(
    Form("that day", "即日$", yes=("即日",)),
    Form(
        "that day",
        rf"(?:本[^，。]{{1,6}})?(?:{ISSUE}|公告|发文)(?:之日|日)$",
        yes=("本公告公布之日", "发布日"),
        no=("公布之日后",),
    ),
    Form(
        "next day",
        rf"(?:本[^，。]{{1,6}})?(?:{ISSUE}|公告|发文)(?:之?次日|第二日)$",
        yes=("公布次日", "印发第二日"),
    ),
    Form("day of the year", rf"{MONTH_DAY}$", yes=("1月1日",)),
    anchored=True,
)
DAYS_LATER = Forms(
    Form(
        "later",
        rf"满?{PERIOD}(?:后|之后|(?<=[日天月]))(?:正式|开始)?$",
        yes=("30日后", "满三个月后", "30日"),
        no=("30年",),
    ),
    anchored=True,
)
# Before it: only a part of the document is meant.
PART = Forms(
    Form(
        "part",
        rf"(?:{numbered('条', '款', '项')}|(?:其他|其余)(?:各?条款?|内容|部分))(?:的?规定)?$",
        yes=("本办法第三条的规定", "第一条", "其他条款"),
        no=("第一条和附件",),
    )
)
# The day of a measure is not the document's, where another sentence states that one.
MEASURE = Forms(
    Form(
        "measure",
        "反倾销|反补贴|保证金|征收|税率|原产于|试点|期限为|为期|延长|关税",
        yes=("对原产于美国的",),
        no=("本公告",),
    )
)
