"""The salient marks of a text: what a reader who skims a notice stops at (data)."""

from typing import NamedTuple

from shared.chinese.acts import (
    AMEND,
    CORRECT,
    DELIST,
    EXTEND,
    LEVY,
    LIST,
    REPEAL,
    RESUME,
    STOP,
    SUSPEND,
    any_of,
)
from shared.chinese.dates import DATE, DAY, SMALL, YEAR
from shared.chinese.document_numbers import SERIAL, TYPE, YEAR_OF_SERIAL
from shared.chinese.form import Form, Forms, Found
from shared.chinese.numerals import HUNDREDS, TENS
from shared.chinese.periods import PERIOD
from shared.chinese.text import Text
from shared.chinese.titles import find_titles
from shared.notice import MarkKind

# The longest real texts, lists of goods, have as many characters. A page of megabytes must not hold up
# the worker.
LONGEST = 100_000
_ORGANISATION = any_of(
    "公司",
    "大学",
    "研究所",
    "研究院",
    "研究中心",
    "实验室",
    "学院",
    "集团",
    "会社",
    "工厂",
    "银行",
)
# What is done with a measure, behind the verb that changes it: 暂停实施, 停止采取.
_DONE = any_of("实施", "执行", "施行", "适用", "征收", "采取")

_ORDINAL = r"第?\s?"
MARKS = Forms(
    Form(
        "document number",
        rf"(?:{YEAR_OF_SERIAL}){_ORDINAL}{SERIAL}\s?号",
        yes=("商办建函〔2022〕318号", "商务部公告2025年第70号", "2010年第15号公告"),
        no=("2025年第3季度", "〔2022〕"),
    ),
    Form(
        "document number",
        rf"[【（〈]\s?{YEAR}\s?年?\s?[】）〉]{_ORDINAL}{SERIAL}\s?号",
        yes=("商办建函【2022】318号", "商建函（2024）86号"),
        no=("（2024）",),
    ),
    Form(
        "document number",
        rf"{TYPE}\s?（?{_ORDINAL}{SERIAL}\s?号",
        yes=("国务院令第792号", "公告（第3号）"),
        no=("第3号楼",),
    ),
    Form(
        "document number",
        rf"(?<=[、和与及]){_ORDINAL}{SERIAL}\s?号(?=[、和与及，。；）]|{TYPE}|文)",
        yes=("、第56号、57号公告",),
        no=("、56号楼",),
    ),
    Form(
        "date",
        rf"(?=[\d一二])(?<!\d)(?:{DATE}|{DAY}|{YEAR}\s?年\s?{SMALL}\s?月[底末])",
        yes=("2025年11月10日", "二〇〇四年十二月十日", "9月7日前", "2022年6月底前"),
        no=("2025年11月", "9月份"),
    ),
    Form(
        "date",
        rf"(?<![\d.]){YEAR}(?P<mark>[-./])\d{{1,2}}(?P=mark)\d{{1,2}}(?!\d)",
        yes=("2018-6-8",),
        no=("2018-6",),
    ),
    Form(
        "percentage",
        rf"(?<![\d.])\d{{1,4}}(?:\.\d{{1,4}})?\s?%|百分之[{HUNDREDS}零点]{{1,7}}",
        yes=("53.6%", "百分之五十"),
        no=("53.6",),
    ),
    Form(
        "customs code",
        r"(?<![\dA-Za-z.-])(?:\d{4}\.\d{2}(?:\.?\d{2,4}){0,2}|\d{8}(?:\d\d)?)(?![\dA-Za-z.%-])",
        yes=("2829900020和", "3904.1090", "归在28299000"),
        no=("1390108", "010-65198164", "2829.5"),
    ),
    Form(
        "customs code",
        r"(?=\d)(?:(?<=(?:编码|编号|税号|税则)[：: （])|(?<=编码|编号|税号))\d{4}(?:\d\d)?(?!\d)",
        yes=("税号：2507", "海关编码2507"),
        no=("2507",),
    ),
    Form(
        "control code",
        r"(?<![\dA-Za-z.])\d[A-E]\d{3}(?![\dA-Za-z])(?:\.[a-z\d]{1,3}(?![\dA-Za-z]))*",
        yes=("（管制编码：1E999.a）", "1C117 某物项"),
        no=("21C117", "1C11"),
    ),
    Form(
        "period",
        rf"{PERIOD}(?:(?<![年月日])|(?<=年)(?=[，。；：、内后的）]|$)|(?:(?<=个月)|(?<=个 月))|(?<=作日|然日|历日)|(?<=日)(?=[内后前，。；]))",
        yes=("为期90天", "6个月", "实施期限为5年。", "30日内", "2个工作日"),
        no=("2025年", "第3年度", "3月"),
    ),
    Form(
        "latin name",
        r"(?<![\dA-Za-z.@/-])[A-Z][A-Za-z.&'’]*(?:[ ,&'’-]{1,3}(?:[A-Za-z&][A-Za-z.&'’]*|\d+))+",
        yes=("Alpha Inc.", "UAB Alfa Bankas和乙", "Ko Steel Co., Ltd."),
        no=("WTO", "a@Alpha.com"),
    ),
    Form(
        "organisation",
        rf"(?m:^)\s?(?:（?(?:\d{{1,3}}|[{TENS}]{{1,4}})[、.）．]?+\s?)?"
        rf"(?P<name>[^\s，。；：、（）《》.．\d](?:[^\s，。；：、（）《》]|(?<=[A-Za-z,.&])\s){{0,40}}?{_ORGANISATION})(?=[（\s\d]|$)",
        yes=("1.甲有限公司（Alpha）", "哈尔滨某大学\n"),
        no=("向甲公司发出",),
    ),
)
# Verbs, by the family of `shared/chinese/acts.py` (its name there in lower case).
VERBS = Forms(
    Form(
        "repeal",
        rf"(?:{REPEAL}|作废|撤回|无效|取代|代替|不再(?:{_DONE}|有效)|到期终止)",
        yes=("同时废止", "自行失效", "不再适用", "撤回", "代替商务部公告"),
    ),
    Form("suspend", rf"{SUSPEND}{_DONE}?", yes=("暂停实施", "继续暂停")),
    Form("stop", rf"{STOP}{_DONE}?", yes=("停止上述措施", "终止实施")),
    Form("resume", rf"{RESUME}{_DONE}?", yes=("恢复执行",)),
    Form("extend", EXTEND, yes=("延长至",)),
    Form("list", LIST, yes=("列入不可靠实体清单",)),
    Form("delist", f"{DELIST}|删去", yes=("移出名单", "删去乙物")),
    Form("amend", f"{AMEND}|{CORRECT}|变更为|更名为|增补", yes=("修改为", "更正如下", "更名为")),
    Form("forbid", r"禁止|不得|限制|不允许|不予(?:许可|批准)", yes=("禁止出口", "不得出口")),
    Form(
        "levy",
        rf"{LEVY}(?:临时)?(?:反倾销|反补贴|保障措施)?(?:关?税|保证金)?|实施(?:临时|最终)?(?:反倾销|反补贴|保障)措施|免征|减征|豁免",
        yes=("加征关税", "征收反倾销税", "实施临时反倾销措施"),
    ),
    # To begin to control goods, and to put into practice in general.
    Form(
        "control",
        r"(?:实施|实行)(?:临时|更严格的?)?(?:出口|进口)?(?:管制|管理措施|许可证?管理)",
        yes=("对某物项实施出口管制", "实行许可证管理"),
    ),
    # To come into force.
    Form(
        "take effect",
        r"(?=[正开同实施执生])(?:(?<=起)|(?<=[日月]后))(?:正式|开始|同时)?(?:实施|施行|执行|生效)",
        yes=("自公布之日起施行", "30日后施行"),
        no=("为了实施",),
    ),
    Form("apply", r"实施|施行|执行", yes=("实施更严格的审查",)),
)


class Mark(NamedTuple):
    """A mark, characters `start` to `end` of a text; `sort` is the name of its form."""

    sort: str
    start: int
    end: int

    @property
    def kind(self) -> MarkKind:
        """What the event calls it."""
        return _KINDS[self.sort]


ACTS: frozenset[str] = frozenset(form.name for form in VERBS.forms)
# What changes another document, or a measure.
CHANGES = frozenset({"repeal", "stop", "suspend", "resume", "extend", "amend"})
_KINDS: dict[str, MarkKind] = {
    **dict.fromkeys(ACTS, "verb"),
    "document number": "document number",
    "title": "title",
    "date": "date",
    "period": "period",
    "percentage": "percentage",
    "customs code": "customs code",
    "control code": "control code",
    "latin name": "name",
    "organisation": "name",
}


def find_marks(text: Text) -> list[Mark]:
    """The marks of the first `LONGEST` characters of a text, in order; of a title the words between 《
    and 》.
    """
    folded = text.folded
    found = [
        Mark("title", title.words_start, title.words_end)
        for title in find_titles(text)
        if title.end <= LONGEST
    ]
    found += [_mark(form) for form in MARKS.finditer(folded, 0, LONGEST)]
    days = {mark.end for mark in found if mark.sort == "date"}
    for form in VERBS.finditer(folded, 0, LONGEST):
        # 自2025年12月1日起正式实施: the date says it.
        if form.name != "take effect" or form.start - 1 not in days:
            found.append(_mark(form))
    return sorted(found, key=lambda mark: mark.start)


def _mark(form: Found) -> Mark:
    start, end = form.span("name") if form.name == "organisation" else (form.start, form.end)
    return Mark(form.name, start, end)
