"""The labels of MOFCOM's block 【发布单位】【发布文号】【发布日期】 and of tables next to a text."""

from shared.chinese.acts import ISSUE
from shared.chinese.form import Form, Forms

_ISSUE = f"(?:{ISSUE}|发文|制发|制定)"

# Tried on the words of a label without white space. 【发布文号】 since 2018, 【发文号】 in the old law library, 【颁布单位】.
LABELS = Forms(
    Form(
        "number",
        rf"(?:{_ISSUE}?(?:文号|字号)|发文?文号|发文字号|发文号)$",
        yes=("发布文号", "发文字号", "文号", "发文号", "颁布文号"),
        no=("索引号",),
    ),
    Form(
        "unit",
        rf"{_ISSUE}(?:单位|部门|机关|机构)$",
        yes=("发布单位", "发文机关", "颁布部门", "发布机构"),
        no=("联系单位",),
    ),
    Form(
        "issued",
        rf"(?:{_ISSUE}|成文|签发)(?:日期|时间)$",
        yes=("发布日期", "成文日期", "发文时间"),
        no=("实施日期",),
    ),
    Form("effective", "(?:实施|施行|执行|生效)(?:日期|时间)$", yes=("实施日期", "生效时间")),
    Form("index", "索引号$", yes=("索引号",)),
    Form("validity", "(?:时效状态|时效性|有效性|效力状态|效力属性)$", yes=("有效性", "时效状态")),
)


def label_named(printed: str) -> str | None:
    """The kind of a label: number, unit, issued, effective, index or validity; None for others."""
    form = LABELS.match(printed)
    return form.name if form else None
