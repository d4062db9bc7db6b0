"""How lists print the persons and organisations on them (data)."""

from shared.chinese.dates import DATE
from shared.chinese.form import Form, Forms, Found
from shared.chinese.numerals import NUMERAL
from shared.chinese.places import PLACE

_HOW_MANY = rf"(?:名单)?(?:（?共计?(?P<count>\d{{1,4}}|{NUMERAL}{{1,4}}|两)[家名个人位]）?)?[：:]?$"
# The heading of a part of a list, without what stands before its kind (被列入反制清单的美国军工|企业).
_OF = Forms(
    Form(
        "of",
        rf"(?:被?列入[^。]{{0,30}}的)?{PLACE}?(?:相关|军工|军工相关)?",
        yes=("被列入反制清单的美国军工企业", "企业"),
    ),
    anchored=True,
)
_SECTIONS = Forms(
    Form(
        "person",
        rf"(?:(?:企业|机构|公司)?(?:高级管理人员|高管|人员|负责人|相关人员)|个人|自然人){_HOW_MANY}",
        yes=("企业高级管理人员", "个人（共2名）"),
        no=("人员包括",),
    ),
    Form(
        "organisation",
        rf"(?:企业|机构|公司|组织|团体|非自然人){_HOW_MANY}",
        yes=("企业名单：", "公司"),
        no=("企业管理",),
    ),
    Form("either", rf"实体{_HOW_MANY}", yes=("实体（共16家）",)),
    anchored=True,
)


def section_named(bare: str) -> Found | None:
    """What a line without its number says that the entries below it are: 二、高级管理人员（共2家）."""
    before = _OF.match(bare)
    return _SECTIONS.match(bare, before.end if before else 0)


_COLON = r"\s?[：:]\s?"
# What a line says of the entry before it.
FIELDS = Forms(
    Form(
        "address",
        rf"(?:(?:注册|办公)?地址|住所|Address){_COLON}",
        yes=("注册地址：1 Main Street", "Address: 1 Main Street"),
        no=("地址不详",),
    ),
    Form("latin", rf"(?:英文|外文)名称?{_COLON}", yes=("英文名称：Alpha Inc.",)),
    Form(
        "other",
        r"(?:邮编|邮政编码|电话|传真|网址|网站|中文名称?|别名|又名|曾用名|简称|职务|国籍|证件号码?|护照号码?|备注|注)"
        rf"{_COLON}",
        yes=("电话：010-1", "曾用名：旧公司"),
    ),
    anchored=True,
)
# Lines without a number that are no entry.
NO_ENTRY = Forms(
    Form("date", rf"^（?{DATE}）?$", yes=("（2025年4月4日）",)),
    Form(
        "title",
        r"(?:名单|清单)(?:（.{1,30}）)?$|实体$",
        yes=("出口管制管控名单（16家）", "反制清单"),
        no=("甲公司",),
    ),
    Form("annex", "^附件|^附：|^注：|^序号", yes=("附件1", "序号")),
    Form("count", r"^（?共计?\S{1,6}[家名个]）?$", yes=("（共16家）",)),
)
# Beside the name of a person.
OF_PERSON = Forms(
    Form("sex", r"[，,]\s?[男女](?=[，,。；]|\s|$)", yes=("，男，",), no=("，男装",)),
    Form("born", r"出生|生于|\d日生", yes=("1960年1月1日生",)),
    Form("of", r"国籍|籍[，。]?$", yes=("美国籍",), no=("国",)),
)
# A person's post before the name: 执行主任穆罕默德·土赫提, 美国得克萨斯州共和党联邦众议员迈克·麦考尔.
POST = Forms(
    Form(
        "post",
        ".{0,60}(?:主任|顾问|主席|董事长?|经理|总裁|总统|秘书长?|负责人|成员|委员|会长|理事长?|总监|执行官|行政官|官员|议员"
        "|议长|创始人|创办人|总干事|研究员|教授|部长|司令|主管|主编|代表|发言人|校长|院长|所长|馆长|州长|市长|助理|专员|协调员"
        "|工程师|分析师|律师|法官|包括)",
        yes=("执行主任甲", "联邦众议员乙"),
        no=("甲公司",),
    ),
    anchored=True,
)
ADDRESS = Forms(
    Form(
        "address",
        r"[（，,；]\s?(?:注册|办公)?(?:地址|住所)\s?(?:为|是|[：:])\s?(?P<address>[^（）；。\n]{4,200})",
        yes=("，地址：1 Main Street", "；住所为1 Main Street"),
        no=("地址不详",),
    )
)
# Lines that are part of the text and no entry: 禁止上述企业…, 二、自2026年3月10日起，将….
OF_TEXT = Forms(
    Form(
        "text",
        "禁止|不得|对|将|上述|本公告|根据|不批准|采取|限制|暂停|停止|恢复|取消|冻结|不予|决定|自(?=[^。]{2,20}起)|为了?(?=[^（）]{2,30}[，,])",
        yes=("禁止上述企业从事", "自2026年3月10日起，将"),
        no=("甲公司",),
    ),
    anchored=True,
)
# The columns of a table by the words of their heads, without white space, narrow ones before wide ones.
COLUMNS = Forms(
    Form("position", r"^(?:序号|编号|№|No\.?)$", yes=("序号", "No."), no=("证件编号",)),
    Form("after", "(?:变更|更名|修改|调整|更正)后|^新(?:名称|中文)", yes=("变更后名称", "新名称")),
    Form(
        "former",
        "(?:变更|更名|修改|调整|更正)前|^原(?:名称|中文|公司)|曾用名",
        yes=("更名前", "原名称"),
    ),
    Form("latin", "英文|外文|English|^Name", yes=("英文名称",)),
    Form("address", "(?i:地址|住所|Address)", yes=("注册地址", "address")),
    Form("aside", "国别|国籍|国家|职务|证件|备注|性别|日期", yes=("备注",)),
    Form("name", "名称|中文名|姓名|实体|企业|公司|机构|对象", yes=("企业名称", "姓名")),
)
