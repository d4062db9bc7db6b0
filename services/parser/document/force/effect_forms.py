"""How a sentence says from when a document is in force (data)."""

from shared.chinese.acts import ISSUE
from shared.chinese.dates import DATE, MONTH_DAY
from shared.chinese.document_types import DOCUMENT_TYPE
from shared.chinese.form import Form, Forms
from shared.chinese.numerals import HUNDREDS
from shared.chinese.periods import PERIOD

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
        rf"(?P<when>即日|{DATE}){_LATER}{_IN_FORCE}",
        yes=("本公告2024年5月1日起施行", "即日起执行"),
    ),
    Form(
        "on",
        rf"{_FROM}(?P<when>[^，。；\n自于起]{{4,14}}日){_IN_FORCE}",
        yes=("自2026年1月1日施行",),
        no=("自2026年1月施行",),
    ),
)
# Before it: the sentence is about this document, 本公告, or 现公布《…办法》, ….
THIS = Forms(
    Form("this", f"本(?:{DOCUMENT_TYPE}|制度)|上述|以上", yes=("本公告", "上述措施")),
    Form("issued", f"(?:现|予以?){ISSUE}", yes=("现公布《某办法》，", "现予发布")),
    Form("issued", rf"{ISSUE}[^，。]{{0,10}}，?$", yes=("关于公布《某办法》，",)),
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
        rf"第（?[{HUNDREDS}\d]{{1,4}}）?[条款项](?:的?规定)?$",
        yes=("本办法第三条的规定", "第一条"),
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
