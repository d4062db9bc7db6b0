"""What stands in a signature beside bodies and days, without white space unless a row says so (data)."""

from shared.chinese.acts import ISSUE
from shared.chinese.characters import HAN
from shared.chinese.document_types import DOCUMENT_TYPE
from shared.chinese.form import Form, Forms
from shared.chinese.provisions import ARTICLE

_OFFICE = (
    r"(?P<office>(?:代理?)?(?:部长|总理|主席|主任|行长|署长|局长|审计长|国务委员|检察长|院长|委员长|会长|秘书长|书记|省长|市长|厅长|理事长"
    r"|总干事|司令员))"
)
NOTES = Forms(
    Form(
        "seal",
        r"（[^（）]{0,30}(?:代章|印章|盖章|章|印)）$|（?(?:盖章|公章|印章)）?$",
        yes=("（商务部代章）", "（盖章）", "公章"),
        no=("商务部",),
    ),
    Form("label", rf"(?:{ISSUE}|成文)?日期：$", yes=("日期：", "发布日期："), no=("日期",)),
    anchored=True,
)
# 特此公告　　商务部: the last words on the line of the body that signs.
HEREBY = Forms(
    Form("hereby", rf"\s*特此[{HAN}]{{2}}[。.]?\s+", yes=("特此公告 商务部",), no=("特此公告",)),
    anchored=True,
)
# Who signs an order, on one line or on two, and an office alone.
HOLDERS = Forms(
    Form(
        "person",
        rf"[{HAN}]{{0,20}}?{_OFFICE}：?(?P<name>[{HAN}·]{{2,4}})$",
        yes=("部长王文涛", "主任：徐绍史", "国务委员兼外交部部长王毅", "国家税务总局局长：谢旭人"),
        no=("商务部", "部长"),
    ),
    Form("office", rf"[{HAN}]{{0,20}}?{_OFFICE}：?$", yes=("部长", "署长："), no=("部长王文涛",)),
    anchored=True,
)
PERSONS = Forms(
    Form("person", rf"[{HAN}·]{{2,4}}$", yes=("王文涛",), no=("商务部办公厅",)), anchored=True
)
LAST_WORDS = Forms(
    Form(
        "note",
        r"（(?:此件|联系人|本件|信息公开).{0,60}）$",
        yes=("（此件公开发布）", "（联系人：某某）"),
        no=("（商务部代章）",),
    ),
    anchored=True,
)
# A date among the folded words of a line.
DATE_MARKS = Forms(
    Form("date", r"年|-|\d[./]\d", yes=("2025年1月2日", "2025-01-02"), no=("商务部",))
)
# A line that stands where a body would, between lines of bodies, and ends as no body's name does.
STANDS_AS_BODY = Forms(
    Form(
        "body",
        rf"(?!.*(?:联系|电话|附件|特此|请|以下|如下|关于|{ARTICLE}|{DOCUMENT_TYPE}$))[{HAN}]{{4,24}}(?:（[^（）]{{1,12}}）)?$",
        yes=("中国某某总公司", "某某出版基金"),
        no=("特此公告", "联系人某某", "关于某事的通知"),
    ),
    anchored=True,
)
