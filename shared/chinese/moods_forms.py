"""The words that make an act of a sentence one that is not done (data): `moods.py` says how far they reach."""

from shared.chinese.acts import (
    AMEND,
    APPLY,
    CORRECT,
    DELIST,
    EXTEND,
    ISSUE,
    LEVY,
    LIST,
    REPEAL,
    REST_ON,
    RESUME,
    STOP,
    SUSPEND,
    any_of,
)
from shared.chinese.body_forms import ABROAD_ENDS
from shared.chinese.characters import HAN
from shared.chinese.form import Form, Forms
from shared.chinese.numerals import TENS
from shared.chinese.places import OTHER_SIDE, PLACE
from shared.chinese.sentences import FULL_STOPS, STOPS, WITHIN

_VERB = (
    any_of(
        *(REPEAL, STOP, SUSPEND, RESUME, EXTEND, LIST, DELIST, AMEND, CORRECT, LEVY, APPLY),
        *("加征", "禁止", "限制", "采取", "更改", "变更", "补充"),
    )
    + f"{APPLY}?"
)
# At the start, or behind a mark with or without a space: most characters fail the first test.
_CLAUSE_START = rf"(?<![^，：{STOPS}\n（“ ])(?<!^ )(?<![^，；：。] )"
# What stands between a negation or a modal verb and the verb that it governs: 不再予以|延长, …
_ADVERB = any_of(
    *(
        "再次?",
        "予以?",
        "将",
        "会",
        "能够?",
        "得",
        "应当?",
        "被",
        "作出?",
        "做出?",
        "进行",
        "继续",
        "同时",
    ),
    *(
        "立即",
        "马上",
        "一并",
        "全部",
        "一律",
        "另行",
        "自动",
        "自行",
        "提前",
        "曾",
        "对其",
        "对此",
        "给予",
        "加以",
        "正式",
    ),
    *(
        "擅自",
        "随意",
        "轻易",
        "必",
        "需要?",
        "须",
        "宜",
        "准",
        "允许",
        "同意",
        "批准",
        "接受",
        "考虑",
        "打算",
        "计划",
    ),
    *(
        "拟",
        "准备",
        "意味着",
        "等于",
        "构成",
        "代表",
        "表示",
        "表明",
        "存在",
        "属于",
        "属",
        "视为",
        "宣布",
        "决定",
        "是",
    ),
    *(
        "依法",
        "依照规定",
        "依规定",
        "按规定",
        "以",
        "适时",
        "适当",
        "酌情",
        "相应",
        "部分",
        "单方面",
        "因此",
        "据此",
        "进一步",
    ),
    *("任何", "有", "选择", "授权", "支持", "建议", "要求", "涉及", "包括"),
)
# (No sentence has more of them.)
_ADVERBS = f"{_ADVERB}{{0,6}}"
# … and with the object before the verb: 不将甲公司|列入, 不对第1号公告作出|修改.
_OBJECT = (
    r"(?:(?:将|把|对|就|给|向)(?:（[^（）\n]{0,200}）|[^，；。：\n（](?!而是)){1,400}?"
    r"|(?:在|于|自|从|因|由|按|为|与|以)[^，；。：\n的]{0,60}?)"
)
_REACH = rf"{_ADVERBS}(?:{_OBJECT}{_ADVERBS})?"
# 不废止、修改 and 不废止或者修改: one negation for verbs that stand side by side.
_SHARED = rf"(?:{_VERB}(?:、|或者?|和|及|以及|与)){{0,12}}"
_NOT = any_of(
    *(
        "(?<!得)(?<!能)(?<!可)不",
        "未",
        "没有?",
        "无需",
        "无须",
        "毋须",
        "无意",
        "无权",
        "无必要",
        "并非",
        "绝非",
        "而非",
    ),
    *("免于", "免予", "避免", "防止", "以免", "拒绝", "暂缓", "勿", "从无"),
)
# Up to the verb.
NEGATIONS = Forms(
    Form(
        "negated",
        rf"(?P<negation>{_NOT}){_REACH}{_SHARED}$",
        yes=(
            "商务部公告2020年第1号不",
            "并未",
            "不再予以",
            "决定不将甲公司、乙公司",
            "不对第1号公告作出",
            "第2号公告不废止、",
            "尚未被",
            "没有计划",
            "不得",
            "不在",
            "并非",
            "无需",
            "不意味着",
        ),
        no=(
            "不仅",
            "不得不",
            "从不可靠实体清单中",
            "不延长，同时",
            "不日起",
            "未来将",
            "未经许可",
            "不是废止而是",
            "逾期未提交材料",
            "不废止并",
            "不可抗力",
        ),
    )
)

# In the clause of the verb and those behind it: what is planned, wished, asked for or a purpose.
PLANS = Forms(
    Form(
        "whether",
        "是否|能否|可否|会否|是不是|要不要|应否|有无必要",
        yes=("研究是否废止", "能否延长"),
    ),
    Form(
        "planned",
        r"(?<![虚模比])拟(?![定订人合制])",
        yes=("拟废止", "商务部拟于年底前对第1号公告", "拟对"),
        no=("虚拟货币", "拟定了"),
    ),
    Form(
        "planned",
        r"(?<![的项年])(?<!工作)(?:计划|打算|准备|有意|考虑|酝酿)(?=[于自从在对将把年明]|"
        rf"{_ADVERBS}{_VERB})",
        yes=("计划于2026年废止", "正在考虑延长", "计划将甲公司列入"),
        no=("根据计划，", "充分考虑"),
    ),
    Form(
        "proposed",
        r"(?<![的出受])(?:建议(?![书稿]|作出决定)(?!，(?![自对将]))|请求，?(?=[自对将]))",
        yes=("建议废止", "专家建议对第1号公告", "商务部建议，自2025年1月1日起", "申请人请求，对"),
        no=(
            "根据商务部建议作出决定，自2025年1月1日起",
            "根据调查机关的建议，自2025年1月1日起",
            "听取建议，并决定",
        ),
    ),
    Form(
        "wished",
        "敦促|督促|呼吁|希望|促请|恳请|期待|提议|主张|力争|争取",
        yes=("敦促美方立即取消", "希望废止"),
    ),
    Form(
        "wished",
        rf"(?:要求|请求)(?=(?:{OTHER_SIDE}|[对外]方)|其|有关(?:国家|方)|{PLACE})",
        yes=("要求美方停止",),
        no=("按照要求停止",),
    ),
    Form(
        "under way",
        r"(?:正在?|着手|抓紧|加快|开展|启动)[^，；。：\n]{0,6}(?:研究|制定|起草|修订|论证|评估|推进)",
        yes=("正在研究修订", "启动修订"),
        no=("经研究，",),
    ),
    Form(
        "agreed in principle",
        "(?:原则(?:上)?|已)同意",
        yes=("已原则同意停止", "已同意废止"),
        no=("同意，决定",),
    ),
    Form("purpose", "以便|旨在|以期|为了", yes=("旨在取消", "以便延长")),
)
# What begins anew behind a plan or a condition: 拟修订…，现决定废止…
STARTS_ANEW = Forms(
    Form(
        "hereby",
        rf"{_CLAUSE_START}(?:但|因此|为此|据此)?(?:现(?!行|有|在|场|金|货)|兹|特此|(?:商务部|我部|中方)?(?:现|特)?决定)",
        yes=("，现决定", "，决定", "，为此，现将"),
        no=("，可以决定", "，现行"),
    )
)
# … and behind what others tell: 据报道，美国取消…，为此，现暂停…
HEREBY = Forms(
    Form(
        "hereby",
        rf"{_CLAUSE_START}(?:因此|为此|据此|对此|现(?!行|有|在|场|金|货)|兹|特此|特决定)",
        yes=("，为此，", "，现暂停"),
        no=("，商务部决定", "，现行"),
    )
)
# … what the document says of itself; behind a condition it goes on with it: 如进口量回落，本公告停止执行.
OF_ITSELF = Forms(
    *HEREBY.forms,
    Form("this", rf"{_CLAUSE_START}本公告", yes=("，本公告自即日起",), no=("，按本公告",)),
)
# In the part of the sentence before the verb: what something else must be for it.
CONDITIONS = Forms(
    Form(
        "if",
        rf"(?:{_CLAUSE_START}|(?<=[{TENS}\d][、.])|(?<=[{TENS}\d]）))(?:但|且|同时|对于|今后|期间)?"
        rf"(?:如|若)(?![下上前期实此同图数约意故愿常今干]|[^，；。]{{0,20}}(?:所[述示列称说言]|那样|一样))",
        yes=(
            "如需延长的，",
            "，如有异议，",
            "若美方取消，则",
            "但如无异议，",
            "二、如双方未能",
            "（二）若双方",
        ),
        no=("如下：", "，如期", "若干措施", "如前所述，", "如公告所述，"),
    ),
    Form(
        "if",
        rf"(?<![例诸比譬正犹恰假])(?:如|若)(?:果|需|有|要|未|不|因|遇|发现|确|出现|仍|逾期|经|被|无|属|欲|拟|想)(?=[{HAN}])",
        yes=("申请人如需延长", "企业若未提交"),
        no=("例如有的企业",),
    ),
    Form(
        "if",
        "如果|假如|假若|倘若|倘|一旦|万一|要是|除非|只要|的话",
        yes=("如果废止", "一旦列入", "废止的话，"),
    ),
    Form(
        "of those that",
        rf"(?:{_CLAUSE_START}(?!\s?(?:因|由于|鉴于|为)?[^，；。：\n]{{0,40}}是)[^，；。：\n]{{0,200}})(?<![目为来样似])的[，：]",
        yes=("有下列情形之一的，", "与本公告不一致的，", "被列入不可靠实体清单的，"),
        no=("出于保障安全的目的，", "这一决定是依法作出的，"),
    ),
    Form(
        "depending on",
        r"视[^，；。：\n]{0,20}(?:情况|情形|进展|情)",
        yes=("将视情况", "视情延长"),
        no=("重视",),
    ),
    Form(
        "when",
        r"(?:发生|出现|遇有|遇到)[^，；。：\n]{0,30}(?:时|情形|情况)(?:之一)?(?:时|下)?，",
        yes=("出现特殊情况时，", "发生下列情形，"),
    ),
    # 本公告有效期届满后，第1号公告恢复执行: the day is not named.
    Form(
        "when",
        rf"(?:届满|到期|期满)(?:之)?后，(?!{WITHIN}{{0,300}}[自于](?:\d|本|即))",
        yes=("本公告有效期届满后，",),
        no=("措施到期后，自2025年7月1日起",),
    ),
    Form(
        "when",
        r"(?:认为|认定|确认|必要|需要|不再|达到|低于|高于|超过|满足)[^，；。：\n]{0,30}(?<![同届])时，",
        yes=("经评估认为不再必要时，", "进口量低于触发水平时，"),
        no=("认为有理由，同时，", "达到标准，届时，"),
    ),
    # Another's effect, of a day that is not known; 本办法施行后 is the document's own.
    Form(
        "when",
        rf"(?:{_CLAUSE_START}|[在待自当等])(?![^，；。：\n]{{0,80}}(?:本|\d日))[^，；。：\n]{{0,30}}"
        rf"(?:(?:协议|协定|承诺|安排|规定|办法|条例|法律|规则|标准|公告)[^，；。：\n]{{0,16}}(?:生效|签署|达成|出台|{ISSUE}|{APPLY})(?:之)?后)，",
        yes=("在双方签署的协议生效后，", "新规定出台后，", "商务部公告2019年第72号施行后，"),
        no=("本办法施行后，", "2020年1月1日办法公布后，", "调查结束后，"),
    ),
)
# In the clause of the verb, up to it: what may or can be done.
MODALS = Forms(
    Form(
        "may",
        rf"(?<![许认不宁])(?P<modal>可以|可(?!以)|有权|有必要|可能|或将|也许|大概|或许|应否){_REACH}{_SHARED}$",
        yes=("主管部门可以决定将甲公司", "可", "有权对其", "可以依法将进口商", "可能"),
        no=("未经许可", "从不可靠实体清单中", "不可"),
    ),
    Form(
        "may",
        r"(?P<modal>可以|有权|可能会?)(?:会同|依法|根据|依照|依据|按照|自行|导致|决定)[^，；。：\n]{0,80}$",
        yes=("国务院商务主管部门可以会同有关部门决定", "可能会导致"),
        no=("可以凭许可证",),
    ),
    Form(
        "asked for",
        rf"(?<!经)(?P<modal>申请|请求|要求)(?!人|书|表|者|企业|材料|，){_REACH}$",
        yes=("申请", "请求对第1号公告"),
        no=("申请人",),
    ),
    Form(
        "planned",
        rf"(?P<modal>推动|加快|研究|抓紧|尽快|尽早|(?<![便适])宜|适时|配合|启动|参与|组织|开展|推进|完成|正在|如需|提出|为(?:了|进一步)){_ADVERBS}$",
        yes=("推动", "研究", "适时予以", "为进一步", "宜尽快", "应尽早"),
        no=("研究决定，",),
    ),
    Form("purpose", rf"{_CLAUSE_START}(?P<modal>为){_ADVERBS}$", yes=("为",), no=("修改为",)),
)
# Behind the verb.
MODALS_BEHIND = Forms(
    Form("if", r"[^，；。：\n]{0,60}?(?P<modal>的话)", yes=("第1号公告的话，",)),
    Form("whether", "(?P<modal>与否)", yes=("与否",)),
    Form(
        "of those that",
        r"[^，；。：\n]{0,200}?(?<![目为])(?P<modal>的)(?:[，；]|。?\s?(?=\n\s?（))",
        yes=("不可靠实体清单的，", "终止实施的；"),
        no=("的目的，",),
    ),
    Form(
        "asked for",
        r"[^，；。：\n]{0,60}?(?P<modal>的(?:建议|提案|议案|申请|请求|计划|设想|可能性?|草案|呼声|意向|条件|情形|程序))",
        yes=("第1号公告的建议", "期限的申请"),
        no=("的有关问题",),
    ),
    # The day is another notice's to say.
    Form(
        "to be dated",
        r"[^；。\n]{0,80}，(?P<modal>具体(?:\w{0,4}(?:时间|日期))[^，；。\n]{0,16}(?:另行|适时|再行)(?:公布|公告|通知|发布))",
        yes=("第1号公告，具体时间由商务部另行公布",),
        no=("第1号公告，具体事项另行公布",),
    ),
    Form(
        "before or after",
        r"(?P<modal>(?:之|以)?(?:前(?![款述条项置])|后(?![续置期])|期间(?!为)|期满|时(?![效限间段起])))",
        yes=("前，", "之后", "期间，"),
        no=("前款规定", "后续", "期间为"),
    ),
    anchored=True,
)
# At the start of a line: what a journalist asks.
QUESTIONS = Forms(
    Form(
        "question",
        r"\s*(?:\d+[.、]\s?)?(?:有?(?:媒体|记者)[^，：。\n]{0,12}(?:提?问)?|[^，：。\n]{0,16}记者提?问|问|Q)[：，]",
        yes=("记者：", "问：", "有记者问：", "有媒体提问，", "某报记者问："),
        no=("答：", "发言人："),
    ),
    anchored=True,
)
# A line that opens a list of what may be, or of cases in which something is.
HEADINGS = Forms(
    Form(
        "cases",
        r"(?:下列|以下|之一)[^，；。]{0,12}(?:情形|情况|行为|条件|情节)[^，；。]{0,12}(?:[，：]|$)",
        yes=("有下列情形之一的，可以列入：", "符合以下条件的："),
    ),
    Form(
        "may",
        r"(?<![许认不])(?:可以|可|有权|拟|建议|考虑)(?:决定|根据|依法|采取|对|将|会同|作出)",
        yes=("工作机制可以决定采取下列措施：", "建议采取以下措施："),
        no=("可靠",),
    ),
)
# Anywhere in the sentence of the verb.
RUMOURS = Forms(
    Form(
        "pointing back",
        rf"(?<=[{FULL_STOPS}\n])\s?(?:此|该|上述|这|以上|有关|相关)[^，；。\n]{{0,14}}(?:谣言|谣传|不实|不属实|失实|假消息|误读|误传)",
        yes=("。此系谣言", "。上述说法不实"),
    ),
    Form(
        "rumour",
        r"网传|谣言|谣传|传言|传闻|据传|盛传|误传|误读|子虚乌有|并非事实|纯属捏造|(?:说法|消息|信息|报道|传言)[^，；。\n]{0,10}(?:不实|不属实|失实|有误|虚假)",
        yes=("网传第1号公告废止", "系谣言", "的说法不属实", "有关消息不实"),
        no=("提交的材料不实",),
    ),
)
# Up to a quotation: who is quoted says it himself.
SAYING = Forms(
    Form(
        "says",
        r"(?:发言人|负责人|部长|商务部)[^，。；“”]{0,20}(?:表示|说|称|指出|强调|回答|答)[，：]\s?$",
        yes=("商务部新闻发言人表示：",),
        no=("美方表示：",),
    )
)
# In the sentence before the verb: what others say, …
TALES = Forms(
    Form(
        "media",
        r"(?<![依根证数单凭票收占])据[^，；。：\n]{0,20}(?:报道|消息|透露|悉|了解|介绍|媒体)",
        yes=("据报道，", "据外媒消息", "据悉，"),
        no=("依据公告，", "据此，"),
    ),
    Form(
        "media",
        r"(?:媒体|外媒|网民|网友|有人|有消息|有观点|外界|有企业)[^，；。：\n]{0,10}(?:报道|称|认为|猜测|关注|担心|问|提到|表示|反映)",
        yes=("有媒体报道", "有消息称"),
    ),
    # … what one published before, and what a document provides.
    Form(
        "published before",
        r"(?<!现)(?:\d日|今[天日]|昨[天日]|近日|日前|此前|曾|已)[，]?[^，；。：\n现]{0,40}?"
        rf"{ISSUE}(?!的)(?:了)?[^，；。：\n]{{0,60}}(?:公告|通知|令|决定|办法|规定|清单|》|号）?)[^，；。：\n]{{0,30}}，(?:其中)?(?:决定|规定|公布|宣布|明确|将|对|要求)",
        yes=(
            "2020年3月12日，商务部发布2020年第93号公告，决定",
            "商务部于4月4日发布公告，将",
            "商务部今日发布了公告，决定",
        ),
        no=(
            "现发布2025年第1号公告，决定",
            "停止3月4日公布的公告2025年第5号相关措施，对4月4日公布的第7号",
        ),
    ),
    Form(
        "provides",
        rf"{_CLAUSE_START}(?![^，；。：\n]{{0,80}}(?:{REST_ON}|按|现|本)|{_VERB})[^，；。：\n]{{0,60}}(?:》|号|条|款|法|例)[^，；。：\n]{{0,12}}(?:规定|明确|要求|指出)[，：]",
        yes=("，《中华人民共和国出口管制法》第十条规定，", "第1号公告明确，"),
        no=("根据《甲法》有关规定，", "按照第1号公告规定，", "停止执行第1号公告关于甲的规定，"),
    ),
    Form(
        "defines",
        "(?:是|系|即)指|指的是",
        yes=("本公告所称“废止”，是指", "系指"),
        no=("指定",),
    ),
)
_FOREIGN = rf"(?:{PLACE}|欧盟委员会|{OTHER_SIDE}|外方|对方|该国|外国|某国|有关国家|其他国家)"
_BODY = rf"(?:方面|总统|[{HAN}]{{0,12}}{ABROAD_ENDS})?"
# … and what another state does.
ABROAD = Forms(
    Form(
        "another state",
        rf"(?:(?P<reason>鉴于|由于|因为?|针对|随着)|(?:注意到|看到|得知|欢迎|反对|谴责|赞赏|关注到?)|{_CLAUSE_START}(?:其中|同时|此外|另|目前|而)?(?:[^，；。：\n]{{0,16}}(?:日|月|年|前|时间|期间|以来|以后|之后))?)"
        rf"(?P<state>{_FOREIGN}){_BODY}"
        r"(?:也|亦|已经?|还|又|曾|均|同时|随后|近日|日前|单方面|继续|率先|再次|此前|于|在)*"
        rf"(?:将|宣布|决定|{ISSUE}|表示|称|声称|承诺|同意|拟|计划|提出|认为|对|把|自\d|\d|{_VERB})",
        yes=(
            "美方宣布",
            "，美国商务部发布规则，",
            "2025年5月12日，美国取消",
            "鉴于美方已取消",
            "欧盟委员会决定",
            "中方注意到美方暂停",
            "某国宣布",
        ),
        no=("对原产于美国的进口产品", "决定将美国甲公司", "自美国进口", "对美国暂停出口"),
    )
)
# The subject that takes over from it.
OWN_SUBJECTS = Forms(
    Form(
        "own",
        rf"{_CLAUSE_START}\s?(?:因此|为此|据此|对此|相应)?[，]?(?:有?鉴于此|现(?!行|有)|兹|特此|经国务院|中方|我方|中国(?!企业|实体|公司|产品)|我国|我部|本公告|自本公告|(?:商务部|海关总署|国务院)(?![公令通关于、和等第〔\d]))",
        yes=("，中方相应", "，商务部决定", "，现决定"),
        no=("，并", "美国商务部", "，商务部公告"),
    )
)
# Behind a comma: the subject is still the one before it.
GOES_ON = Forms(
    Form("goes on", r"\s?(?:并|且|还|又|也|以及|和)", yes=("并暂停",), no=("自2025年",)),
    anchored=True,
)
# In a title: that the page is a draft.
DRAFTS = Forms(
    Form(
        "draft",
        r"(?:征求意见|送审|讨论)稿|(?:法|条例|办法|规定|修订|修正案?)[）》]?（?草案",
        yes=("某办法（征求意见稿）", "某法（草案）", "某条例（修订草案）"),
    ),
    Form(
        "asks for opinions",
        r"(?:征求|征集)[^，。；]{0,60}意见|向社会公开征求意见",
        yes=("关于对《某办法》公开征求意见的通知", "关于征求对某办法修改意见的函"),
        no=("关于充分听取企业意见的通知", "公众意见征集办法"),
    ),
)
