"""How a notice says how many goods its lists have (data)."""

from services.parser.document.customs_codes import LABEL
from shared.chinese.form import Form, Forms
from shared.chinese.numerals import HUNDREDS

_COUNT = rf"(?P<count>\d{{1,5}}|[{HUNDREDS}两]{{1,6}})\s?"
_SUM = r"(?:一?共计?|合计|总计|共有|共包括|共涉及|涉及)"
_GOODS = r"(?:两用)?(?:物项|商品|货物|产品|技术|品种)"
GOODS_COUNTED = Forms(
    Form(
        "codes",
        rf"(?:{_SUM}|等|的)\s?{_COUNT}个(?:[\d十八]{{1,2}}位)?(?:{LABEL}|商品编码|税目)",
        yes=("共52个税号", "涉及十二个海关商品编号", "等20个10位商品编码"),
        no=("第3个税号",),
    ),
    Form(
        "goods",
        rf"{_SUM}\s?{_COUNT}(?:项|种|个){_GOODS}",
        yes=("共计52项物项", "共20种商品", "共涉及三种货物"),
        no=("共3项措施", "共2类物项"),
    ),
    Form(
        "goods",
        rf"等\s?{_COUNT}(?:项|种|个){_GOODS}(?!类)",
        yes=("对甲酸钾等7项物项实施出口管制",),
        no=("等2类物项",),
    ),
    Form(
        "goods",
        rf"(?:清单|目录|名录|{_GOODS})》?[（，]?{_SUM}\s?{_COUNT}(?:项|种|个)(?!\s?(?:要求|措施|条件|{_GOODS}))",
        yes=("管制物项清单（共52项）", "上述物项共计12项", "目录》，共8种"),
        no=("清单（共5页）",),
    ),
)
