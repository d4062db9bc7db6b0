"""Words that speak against a value (data)."""

from shared.chinese.acts import PUBLISH
from shared.chinese.body_forms import ENDS
from shared.chinese.characters import HAN
from shared.chinese.form import Form, Forms
from shared.chinese.numerals import HUNDREDS
from shared.chinese.places import PLACE

# In the name of goods, of a company or of a person.
NO_NAME = Forms(
    Form(
        "a clause",
        r"[，。；]?(?:决定|禁止|根据|为了?维护|未经许可|现将|列入|移出|采取|实施)|起，|《",
        yes=(
            "自公告发布之日起，全面禁止自缅甸进口陶瓷",
            "根据《某法》有关规定",
            "列入反制清单组织的子公司",
        ),
        no=("松节油", "用于实验的设备"),
    ),
)
# What is due is cut off.
CUT = Forms(
    Form(
        "cut off",
        r"(?:请于|应于|须于|前于|[于自将向])$",
        yes=("如有异议，请于",),
        no=("将书面意见送达商务部",),
    )
)
# The day that a period is counted from is that of something other than this document.
OF_ANOTHER = Forms(
    Form(
        "of another",
        rf"自(?!本|{PUBLISH}|印发|施行|实施|公告|通知|[^，。；\n]{{0,3}}(?:公告|通知|办法|规定|条例)(?:{PUBLISH}|生效|施行|实施))"
        rf"[^，。；\n]{{2,24}}(?:生效|{PUBLISH}|签订|送达|作出|收到|届满)之?日起",
        yes=("应当自合同生效之日起30日内", "自处罚决定生效之日起5年"),
        no=("自本公告发布之日起15日内", "自公布之日起", "自公告发布之日起"),
    )
)
# More bodies stand before those with which a number was read.
BODY_BEFORE = Forms(
    Form(
        "body",
        rf"{ENDS}(?:、|和|\s)[{HAN}]{{0,12}}$|国家$",
        yes=("决定对商务部、国家", "发展改革委、"),
        no=("根据", "同时废止"),
    )
)
# A ban or a control on trade with one country.
COUNTRY = Forms(
    Form(
        "country",
        rf"(?:自|从|对|向){PLACE}(?:的)?(?:进口|出口)",
        yes=("全面禁止自缅甸进口瓷土",),
        no=("禁止进口瓷土",),
    )
)
# 其他韩国公司, 印度尼西亚公司
OF_COUNTRY = Forms(
    Form(
        "company",
        rf"^(?:\d{{1,2}}[.、])?\s?(?:所有|其[他它])?(?P<place>{PLACE})(?:的)?(?:公司|企业|生产商|出口商)",
        yes=("其他韩国公司", "印度尼西亚公司"),
        no=("日本制铁公司",),
    ),
)
# Between the name of goods and a code: another name of goods, with codes of its own.
OTHER_GOODS = Forms(
    Form(
        "goods",
        r"）[^（）\n]*[或和及、，][^（）\n]+（",
        yes=("（编号：8101940001）或乙合金（编号：",),
        no=("（Alpha）（编号：", "（编号：8101940001、"),
    ),
)
# How many documents are repealed or amended, as the text counts them.
COUNTED = Forms(
    Form(
        "count",
        rf"(?:等|废止|失效|修改|停止执行)(?:以下|下列|的)?(?P<count>\d{{1,3}}|[{HUNDREDS}两]{{1,4}})\s?(?:件|部|项|个)(?:规范性文件|部门规章|规章|行政法规|法规|文件|公告|通知|决定)",
        yes=("《甲通知》等3件规范性文件同时失效", "决定废止下列十一件规章"),
        no=("3件产品", "报送3个文件"),
    )
)
# A line that holds a number, perhaps with its day, and no sentence.
OWN_LINE = Forms(
    Form(
        "number",
        r"^[^，。；：《》]{0,40}号(?:[^，。；：《》]{0,16})$",
        yes=("（某贸〔1995〕77号一九九五年三月二日）", "2003年11月26日国务院令第399号公布"),
        no=("根据《某法》和国务院令第399号",),
    )
)
