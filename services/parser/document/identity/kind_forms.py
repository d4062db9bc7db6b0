"""What tells of which kind a page is (data): its title, its column on the site, the path of its address. A
form's name is the kind.
"""

from shared.chinese.acts import ISSUE
from shared.chinese.document_numbers import LETTER
from shared.chinese.document_types import DOCUMENT_TYPE
from shared.chinese.form import Form, Forms
from shared.chinese.numerals import TENS

# Titles without white space, which decide whatever else the page says.
TITLES = Forms(
    Form(
        "interview",
        "答记者问|答问$|答.{0,8}记者(?:提?问|的问题)|记者专访|接受.{0,20}(?:专访|采访)",
        yes=("商务部新闻发言人就某事答记者问", "商务部部长接受某报专访"),
        no=("关于记者证的通知",),
    ),
    Form(
        "interpretation",
        rf"解读|一图(?:读懂|看懂|了解)|图解|图说|政策问答|热点问答|问答[{TENS}\d]*$|政策说明$|读懂《",
        yes=("《某办法》解读", "一图读懂《某规定》", "某政策问答之二"),
        no=("关于某事的说明会",),
    ),
)
# Laws by their names; 中华人民共和国 may be left out where the President promulgates them.
LAW_TITLES = Forms(
    Form(
        "law",
        r"(?!.*(?:关于|办法|通知|公告|解读))(?:中华人民共和国.{2,40}法|.{2,60}条例)(?:（[^（）]*）)*$",
        yes=("中华人民共和国对外贸易法（2022年修正）", "两用物项出口管制条例"),
        no=("关于公布某条例的公告",),
    ),
    anchored=True,
)
LAW_BY_ORDER = Forms(
    Form("law", r".{2,30}法(?:（[^（）]*）)*$", yes=("关税法",), no=("某办法解读",)), anchored=True
)
# A document's own title (关于…的通知, 公布《…》) …
OFFICIAL_TITLES = Forms(
    Form(
        "official",
        rf".{{0,60}}?关于|{ISSUE}|中华人民共和国|.{{2,60}}(?:令|公告)|.{{2,80}}(?:通知|公告|决定|函)$",
        yes=("商务部关于某事的通知", "公布某目录", "商务部公告2025年第1号"),
        no=("商务部召开会议",),
    ),
    anchored=True,
)
ISSUING_TITLES = Forms(Form("issues", f"{ISSUE}《.*》$", yes=("公布《某目录》",)), anchored=True)
# … and one that reports of it.
REPORTING_TITLES = Forms(
    Form(
        "reports",
        f"(?:{ISSUE}|出台)《[^》]{{0,300}}》[^的]*$",
        yes=("商务部等部门出台《某意见》",),
        no=("关于印发《某办法》的通知",),
    )
)
# How the lines of an interview begin.
QUESTIONS = Forms(
    Form(
        "interview",
        r"\s*(?:有?(?:媒体|记者)(?:提?问|[：，])|问：|\d+[.、]\s?问：)",
        yes=("有记者问：", "1. 问：", "记者："),
        no=("记者会",),
    ),
    anchored=True,
)
PRESS_CONFERENCE = Forms(Form("news", "发布会|吹风会", yes=("商务部召开例行新闻发布会",)))
COLUMNS = Forms(
    Form(
        "news",
        "新闻|动态|领导人活动|司局负责人|发言人|要闻|会议|讲话",
        yes=("新闻发布", "工作动态"),
        no=("政策发布",),
    ),
    Form("interpretation", "解读", yes=("政策解读",)),
)
PATHS = Forms(
    Form(
        "interpretation",
        "/(?:zhengcejd|zcjd|zcjdhy|jiedu|zctj)/",
        yes=("/article/zcjd/jdgnmy/202001/1.shtml",),
    ),
    Form(
        "news",
        "/article/(?:ae|ai|i|xwfb|difang|jiguanzx|resume|shangwubangzhu|todayheader)/|/(?:xwfb|syxwfb|xwfyrth"
        "|rcxwfb|ldrhd|bldhd|sjjd|xwfbh|gndt|gjdt|jmxw|gzdt|dfxx|swxw)/",
        yes=("/article/ae/ai/202001/1.shtml", "/xwfb/xwfyrth/art/2025/art_0.html"),
    ),
    Form(
        "notice",
        "/article/(?:b|h|zwgk|zcfb|bh|cwgongzuo)/|/(?:zcfb|zwgk|tzgg|gkml|blgg|gztz|zcfg|flzc|gkgztz|gkzcfb)/",
        yes=("/article/b/c/201806/1.shtml", "/zwgk/zcfb/art/2025/art_0.html"),
    ),
)
# The type 文种 that a title without white space ends with …
# (A number in a bracket may have round brackets of its own: （商办电函（2009）944号）.)
TYPES_AT_END = Forms(
    Form(
        "ending",
        rf"(?P<type>{DOCUMENT_TYPE})》?(?:（(?:[^（）]|（[^（）]*）)*）)*$",
        yes=("关于某事的通知（商办电函（2009）944号）", "公布《某办法》", "关于某事的公告"),
        no=("关于某公告的说明会",),
    ),
    Form(
        "before a number",
        rf"(?P<type>{DOCUMENT_TYPE})[—:：-]*{LETTER}$",
        yes=("关于某事的通知商办建函〔2022〕318号", "关于某事的意见—商建函〔2022〕1号"),
    ),
)
# … or opens with: 公示：第三批拟认定名单.
TYPES_BEFORE = Forms(
    Form("headed", r"(?P<type>公示|公告|通告|通知|通报)：", yes=("公示：第三批拟认定名单",)),
    anchored=True,
)
