"""What the headings of lists are about, and how sentences send to an annex (data)."""

from shared.chinese.form import Form, Forms
from shared.chinese.numerals import TENS

_LIST = r"(?:清单|目录|名录|名单|一览表|表|商品|物项|货物|产品|技术|部分|范围|类)"
# A line that heads a list: it names one, and ends with it.
HEADINGS = Forms(
    Form(
        "heading",
        rf"[^。；，\t]{{0,50}}{_LIST}(?:（[^（）]{{0,24}}）)?[：:]?$",
        yes=("一、出口管制物项", "表1管制物项清单（节选）：", "第二部分"),
        no=("出口上述物项，应当申请许可", "说明"),
    ),
    anchored=True,
)
# A heading by its place alone.
PARTS = Forms(
    Form(
        "part",
        rf"第(?P<number>[\d{TENS}]{{1,3}})部分",
        yes=("第二部分", "第一部分出口商品"),
        no=("部分商品",),
    ),
    Form("table", rf"表(?P<number>[\d{TENS}]{{1,3}})", yes=("表1出口商品",), no=("表格",)),
    anchored=True,
)
# Behind an annex that a sentence names: 附件1|第一、二部分所列物项.
PARTS_BEHIND = Forms(
    Form(
        "parts",
        rf"(?:中的|的|中)?第(?P<numbers>[\d{TENS}]{{1,3}}(?:(?:部分)?[、和及与]第?[\d{TENS}]{{1,3}})*)部分",
        yes=("第一部分", "的第一、二部分", "第一部分和第二部分"),
        no=("所列部分物项",),
    ),
    anchored=True,
)
# Around an annex whose goods are left out.
EXCEPTS = Forms(
    Form(
        "except",
        r"除[^，。；]{0,30}外|除外|不包括|不含",
        yes=("除附件2所列物项外", "但附件2所列物项除外"),
        no=("解除附件2所列措施",),
    )
)
# Before and behind an annex that a sentence names and leaves out: 附件1所列物项（不含附件2所列商品）.
EXCEPTED_BEFORE = Forms(
    Form(
        "except",
        r"(?:不包括|不含|(?<![解免移去清废扣删])除了?)(?:本公告|本通知|本决定|列入|上述)?$",
        yes=("附件1所列物项（不含", "对除"),
        no=("解除", "决定对"),
    )
)
EXCEPTED_BEHIND = Forms(
    Form(
        "except",
        r"[^，。；（）]{0,20}?(?:除外|不在此列)",
        yes=("所列商品除外",),
        no=("所列商品，但甲除外",),
    ),
    anchored=True,
)
# What is said of goods of an annex besides the measure: that is not read.
BESIDES = Forms(
    Form(
        "besides",
        r"不予(?:许可|批准)|无需|无须|不需要?|不必|不受|不适用|豁免|除外",
        yes=("其中附件2所列商品原则上不予许可", "附件1所列物项用于科研的，无需申请许可"),
        no=("附件1所列物项详见",),
    )
)
# In the title of an annex, a heading in it or the sentence that names it; of two the upper one counts.
MATTERS = Forms(
    Form(
        "free",
        r"不再|取消|解除|豁免|不受|不适用|不属于|免于|(?:允许|鼓励|准许|恢复)(?:类|进口|出口)|移出|删除|删去|停止(?:实施|执行)",
        yes=("删除的物项", "鼓励进口技术和产品目录", "附件2所列物项不再实施出口管制"),
        no=("出口管制物项清单",),
    ),
    Form(
        "list",
        r"(?:管制|管控|禁止|限制|许可|配额|两用物项)[^。，；]{0,20}(?:清单|目录|名录)",
        yes=("出口许可证管理货物目录及申领流程",),
        no=("出口许可证申请表",),
    ),
    Form(
        "paper",
        r"(?:申请|申报|登记|备案|报告|汇总|反馈|统计|审批)(?:表|书|单)|承诺[书函]|证明|样[式本]|格式|模板|流程|填[表报写]|须知|指南|(?<![及和与])说明[》：]?$",
        yes=("企业申请表", "填表说明", "证明样式见附件2"),
        no=("出口管制物项清单",),
    ),
    Form(
        "taxed",
        r"税率|退税|免税|减税|加征|减征|免征|征税|缴税|暂定税|协定税|关税(?!配额)|反倾销|反补贴",
        yes=("进口商品协定税率表", "附件2所列商品适用暂定税率", "加征关税商品清单"),
        no=("关税配额管理商品目录", "税则号列"),
    ),
    Form(
        "controlled",
        r"管制|管控|禁止|限制|许可|两用物项|禁运|配额|国营贸易|暂停(?:进口|出口)|不得(?:进口|出口)",
        yes=("出口管制物项", "禁止进口的商品", "不得出口的技术"),
        no=("商品目录",),
    ),
)
# Between what a sentence does and the annex that it sends to for the goods.
SENDS = Forms(
    Form(
        "sends",
        r"[，。；（、\s]{0,3}(?:具体|相关|有关|上述|其|该|管制|受控)*+(?:的)?(?:管制|物项|商品|产品|货物|部件|技术)*的?"
        r"(?:清单|目录|名录|范围|详情|编码|名称|描述)*(?:[及和、][^，。；（）]{1,12})?(?:详|参|可)?(?:见|列于|如|载于|列入|由)(?:本公告|本通知|本决定)?$",
        yes=("（见", "。具体物项清单详见", "，物项清单及海关商品编号见本公告"),
        no=("。申请表见", "，并填写"),
    ),
    anchored=True,
)
# Headings of columns that give rates: a tariff, or drawbacks.
RATES = Forms(
    Form(
        "rate",
        r"税率|退税|暂定税|协定税|最惠国|普通税|关税(?!配额)",
        yes=("最惠国税率（%）", "加征关税"),
        no=("税则号列", "关税配额量"),
    )
)
