"""How notices on trade remedies state companies and their rates (data)."""

from shared.chinese.acts import AMEND
from shared.chinese.form import Form, Forms
from shared.chinese.places import PLACE
from shared.chinese.sentences import BEGINS

_NUMBER = r"\d{1,4}(?:[.]\d{1,4})?"
RATE = rf"(?P<rate>{_NUMBER})\s?%"
RATES = Forms(
    Form("rate", rf"(?<!\d)(?<!\d[.]){RATE}", yes=("36.2%", "5 %"), no=("36.2", "12345%"))
)
# All that a cell of a table prints, without white space.
RATE_CELLS = Forms(
    Form("percentage", rf"(?P<rate>{_NUMBER})%$", yes=("36.2%",), no=("36.2%（注）",)),
    Form("number", rf"(?P<rate>{_NUMBER})$", yes=("36.2",), no=("2025年", "36.2.1")),
    anchored=True,
)

# A line that heads the companies of a country.
_COMPANIES = "(?:公司|企业|生产商|出口商|厂商)"
HEADINGS = Forms(
    Form(
        "companies",
        rf"(?P<origin>[^，。：%（）\d]{{1,14}}?)(?:的)?{_COMPANIES}(?:及(?:其)?(?:税率|比率))?[：:]?$",
        yes=("日本公司：", "美国的生产商及其税率"),
        no=("甲公司（Alpha）",),
    ),
    Form("origin", r"(?P<origin>[^，。：%（）\d]{1,10})[：:]$", yes=("日本：",)),
    anchored=True,
)
# Lines that say what the rates below them are: 对各公司征收的反倾销税税率如下：
INTRODUCES = Forms(
    Form(
        "introduces",
        "如下|见下表|[：:]$|为$|列表|一览表|税率表|比率表",
        yes=("各公司的倾销幅度如下", "税率为"),
        no=("公司的税率。",),
    )
)
# Of two that stand in such a line the duty counts.
RATES_OF = Forms(
    Form(
        "duty",
        "税率|比率|保证金|反倾销税|反补贴税|关税",
        yes=("对各公司征收的反倾销税税率如下", "保证金比率"),
    ),
    Form("margin", "幅度|补贴率", yes=("各公司的倾销幅度如下",)),
)
# Within a sentence, before the first of the companies whose rates it names: 税率分别为|甲公司4.1%、乙公司6.2%.
LEADS = Forms(
    Form(
        "lead",
        r"(?:税率|比率|幅度|补贴率)(?:分别|依次|均|如下)*(?:为|是)?(?:[：，]|(?<=[为是]))(?:其中，?)?",
        yes=("反倾销税税率为：", "保证金比率分别为", "税率如下："),
        no=("税率调整",),
    )
)
# In the sentences before one that only names companies and rates.
LEVIED_BEFORE = Forms(
    Form(
        "levied",
        r"征收[^，。；\n]{0,24}(?:反倾销税|反补贴税)|(?:提供|缴纳|交纳)[^，。；\n]{0,24}保证金",
        yes=("对原产于韩国和泰国的进口甲产品征收反倾销税", "向海关提供相应的保证金"),
        no=("不存在倾销",),
    )
)

_PRODUCT = r"(?P<product>[^，。；\n（）]{2,40}?)"
_MEASURE = r"(?:反倾销(?:和|与|、)?(?:反补贴)?|反补贴|保障)措施"
TAX = r"(?:反倾销|反补贴|倾销|补贴|保证金|关税)?(?:税)?(?:保证金)?(?:税率|比率|税)"
# Sentences on a successor; of two that stand in one the first of these counts.
SUCCESSION = Forms(
    Form(
        "inherited",
        rf"由(?P<new>[^。；\n]{{2,200}}?)继承(?P<old>[^。；\n]{{2,200}}?)在(?:原产于[^。；\n]{{2,60}}?进口)?{_PRODUCT}{_MEASURE}中?"
        rf"所?适用的(?:{RATE}的?)?{TAX}",
        yes=("由甲公司继承乙公司在己内酰胺反倾销措施中所适用的3.6%的反倾销税率",),
    ),
    # The product is the case's.
    Form(
        "inherited",
        rf"由(?P<new>[^。；\n]{{2,200}}?)(?:继承|继续适用)(?P<old>[^。；\n]{{2,200}}?)所?适用的(?:{RATE}的?)?{TAX}",
        yes=("由甲公司（Alpha GmbH）继承乙公司（Beta GmbH）所适用的5.0%反倾销税税率",),
    ),
    Form(
        "under the old name",
        rf"以(?P<old>[^。；\n]{{2,200}}?)(?:的)?名义?称?(?:继续)?(?:向(?:中国(?:大陆)?|中华人民共和国))?出口的?{_PRODUCT}(?:产品)?(?:的)?，?"
        rf"(?:应当?)?(?:继续)?适用(?P<whose>[^。；\n]{{0,120}}?){RATE}",
        yes=(
            "以乙公司名称向中国大陆出口的己内酰胺产品，适用己内酰胺反倾销措施中其他美国公司24.2%的反倾销税率",
        ),
    ),
)
ADJUSTED = Forms(
    Form(
        "adjusted",
        rf"(?:将|对|，(?!将|对)|{BEGINS})(?P<new>[^，。；\n]{{2,160}}?)(?:在[^，。；\n]{{2,40}}?中)?(?:所)?(?:适用|征收)?的(?:临时)?{TAX}(?:由\s?\d[\d.]*\s?%)?(?:{AMEND}|变更|确定|均|统一)?为{RATE}",
        yes=("将甲公司所适用的反倾销税税率由9.7%调整为13.1%", "甲公司的反倾销税税率调整为13.1%"),
    )
)
LEVIED = Forms(
    Form(
        "levied",
        rf"对(?P<new>[^，。；\n]{{2,120}}?(?:公司|企业)(?:（[^（）]*）)?)(?:继续)?(?:按照?)?(?:征收|适用){RATE}的{TAX}",
        yes=("对所有美国公司征收53.6%的反倾销税",),
    ),
    Form(
        "applies",
        rf"(?:，|：|决定|{BEGINS})(?:由)?(?P<new>[^，。；：\n]{{1,120}}?(?:公司|企业|株式会社)(?:（[^（）]*）)?)(?:作为新出口商，?)?"
        rf"(?:应|将|可|单独|继续)*适用(?:[^，。；\n\d]{{0,40}}?){RATE}的{TAX}",
        yes=(
            "，甲公司（Alpha LLC）作为新出口商，单独适用5.5%的反倾销税税率",
            "，戊株式会社适用丁株式会社6.2%的反倾销税税率",
        ),
        no=("，甲公司适用的反倾销税率为36.2%",),
    ),
)
# How a sentence begins.
TIMES = Forms(
    # 其中，甲公司适用的反倾销税率为36.2% goes on about the notice that the sentence before reports.
    Form("before", r"\s*(?:其中|目前|此前|当时)", yes=("其中，甲公司",)),
    Form("now", r"\s*现(?:应|决定|经|根据|公告|将)", yes=("现决定",)),
    anchored=True,
)
# What a sentence that sets a rate holds.
SETS = Forms(
    Form("inherits", "继承", yes=("由甲公司继承乙公司",)),
    Form("rate", r"\d\s?%", yes=("适用5.5%的反倾销税率",), no=("第5号",)),
)
# Behind the name of a company, before the sentence on its successor: 乙公司|在…中所适用的反倾销税率为3.6%.
STATED = Forms(
    Form(
        "stated",
        rf"(?:（[^。；\n]{{0,120}}?）)?(?:在[^，。；\n]{{0,40}}?)?(?:所)?(?:适用)?的{TAX}(?:为|是){RATE}",
        yes=("（Beta LLC）在己内酰胺反倾销措施中所适用的反倾销税率为3.6%", "的反倾销税税率是3.6%"),
        no=("的反倾销税率调整为3.6%",),
    ),
    anchored=True,
)
EXEMPT = Forms(Form("exempt", "免于征收|不征收|不再征收", yes=("不征收反倾销税",)))
OTHERS = Forms(
    Form("others", r"其[他它](?P<origin>[^，。；公司]{1,10})公司", yes=("其他美国公司24.2%",))
)
# 美国的霍尼韦尔公司: the country is no part of the name.
COUNTRY = Forms(Form("country", f"{PLACE}的", yes=("美国的霍尼韦尔公司",)), anchored=True)
# 甲公司 由6.5%调整为4.2%
CHANGED = Forms(
    Form(
        "changed",
        rf"[由从]\s?{RATE}\s?(?:{AMEND}|变更|降低|降|提高)(?:为|至|到)",
        yes=("由6.5%调整为", "从4.2%降至"),
    )
)
# Between a company and its rate: 其他韩国公司|的税率仍为|24.4%.
SAYS_RATE = Forms(
    Form("says", r"(?:为|是)$", yes=("甲公司为",), no=("甲公司",)),
    Form(
        "says",
        r"(?:所?适用)?的(?:反倾销税|反补贴税|保证金)?(?:税率|比率)(?:仍然?|均|继续)?(?:维持|保持)?(?:为|是|在)?$",
        yes=("其他韩国公司的税率仍为", "甲公司所适用的反倾销税税率为"),
        no=("甲公司",),
    ),
)
# Before a company in its cell or line: 美国：|甲公司（Alpha Inc.）.
OF_ORIGIN = Forms(
    Form(
        "origin",
        rf"(?P<origin>{PLACE})(?:公司)?[：:]\s?(?=[^\s\d])",
        yes=("美国：甲公司（Alpha Inc.）", "韩国公司：乙株式会社"),
        no=("美国：12.5%",),
    ),
    anchored=True,
)
# What is in no line that holds one company and its rate.
NO_COMPANY = Forms(
    Form(
        "no company",
        r"征收|决定|公告|计算|审定|自\d|调查(?!的(?:公司|企业|生产商))|合计|增值税|产量|数量|占|比例|进口额|关税税率",
        yes=("商务部决定", "自2025年"),
        no=("未参加调查的公司",),
    )
)
# 抽样公司： heads a group of companies, not those of a country.
NO_ORIGIN = Forms(
    Form(
        "group",
        "抽样|合作|配合|应诉|强制|出口|生产|贸易|关联|上述|以下|下列|名单|附件",
        yes=("抽样", "其他合作"),
        no=("日本",),
    )
)
# All companies of a country, or all others: 其他美国公司, 印度尼西亚公司.
GROUPS = Forms(
    Form(
        "group",
        r"(?:其[他它]|所有|全部|各)?(?:未?(?:应诉|配合|合作)(?:的)?)?(?P<origin>[^，。；]{1,10}?)(?:的)?(?:其[他它]|所有|全部|各)*(?:公司|企业|厂商|生产商|出口商)$",
        yes=("其他美国公司", "印度尼西亚公司", "所有韩国公司", "英国所有公司"),
        no=("甲有限公司（Alpha）",),
    ),
    anchored=True,
)
# Names that stand for companies: 未应诉企业, All Others.
COMPANIES = Forms(
    Form(
        "others", "^(?:其他|其它|所有|全部|未应诉|应诉)", yes=("其他", "未应诉企业"), no=("及其他",)
    ),
    Form("companies", "(?:公司|企业|厂商)$", yes=("甲公司", "韩国企业"), no=("企业名称",)),
    Form("all others", "(?i:All Others)", yes=("All Others", "ALL OTHERS")),
)
# 其他美国公司, as a line has it in place of a company's name.
GROUP_ALONE = Forms(
    Form("group", "(?:其[他它]|所有).{1,12}公司$", yes=("其他美国公司",), no=("甲公司",)),
    anchored=True,
)
# 株式会社晓星: the form of the company stands first.
FORM_FIRST = Forms(
    Form("form", "株式会社|（株）|有限会社", yes=("株式会社晓星",), no=("晓星株式会社",)),
    anchored=True,
)
# While a review lasts that the notice initiates, the duty goes on.
GOES_ON = Forms(
    Form(
        "goes on",
        r"(?P<verb>继续)(?:按照?[^。；\n]{0,60}?)?征收[^，。；\n]{0,60}?(?:反倾销|反补贴)税",
        yes=("继续按照商务部2018年第16号公告公布的税率征收反倾销税", "继续征收反倾销税"),
        no=("征收反倾销税",),
    )
)
# A duty by quantity, which is no percentage.
BY_QUANTITY = Forms(
    Form(
        "by quantity",
        r"从量(?:方式)?(?:计征|征收)|(?:税率|税额|征收)[^。；\n]{0,40}?(?:每|元/)(?:吨|公斤|千克|平方米|立方米|升|件|片)",
        yes=("以从量方式计征", "税额为每吨500元", "征收28.8元/平方米"),
        no=("以海关审定的完税价格从价计征", "每吨价格上涨"),
    )
)
# That the rates follow, and a line further down that has one.
ANNOUNCED = Forms(
    Form(
        "announced",
        r"(?:税率|比率)[^。，；\n]{0,12}(?:如下|见下表)[^。]{0,20}\n(?:[^%％\n]{0,80}\n){0,4}[^%％\n]{0,80}\d[%％]",
        yes=("各公司的反倾销税税率如下：\n1.甲公司：36.2%",),
        no=("各公司的反倾销税税率如下：\n见附件",),
    )
)
# The titles of annexes that repeat margins which are no rates.
RULINGS = Forms(
    Form("ruling", "裁定|裁决", yes=("商务部关于甲醛反倾销调查的最终裁定",), no=("税率表",))
)
# From the first day of a year to its last, and the words before a rate of a duty.
TO = Forms(
    Form("to", r"\s?起?\s?(?:至|到|-|—|－|～|~)\s?$", yes=("至", "起至", " - "), no=("至少",)),
    anchored=True,
)
DUTY_BEFORE = Forms(
    Form(
        "duty",
        r"(?:税率|加征|征收)[^。；，\n]{0,16}$",
        yes=("保障措施关税税率为", "加征"),
        no=("税率，",),
    )
)
# A preliminary ruling by whose margins the deposits are paid.
PAID_BY_MARGIN = Forms(
    Form(
        "paid by margin",
        r"(?:幅度|补贴率)[^。；\n]{0,40}?(?:提供|缴纳|交纳|支付|征收)[^。；\n]{0,16}?保证金|保证金比率[^。；\n]{0,12}(?:幅度|补贴率)(?:相同|一致)",
        yes=(
            "依据各公司的倾销幅度向海关提供相应的保证金",
            "保证金比率与上述倾销幅度一致",
        ),
        no=("各公司的倾销幅度如下",),
    )
)
