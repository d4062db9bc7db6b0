"""What stands with the names of issuers (data)."""

from shared.chinese.acts import ISSUE
from shared.chinese.form import Form, Forms
from shared.chinese.numerals import TENS

# How many issue it: 商务部等14部门关于….
COUNTS = Forms(
    Form(
        "count",
        rf"等\s?(?P<count>\d{{1,2}}|[{TENS}]{{1,3}})\s?(?:个)?(?:部门|部委|单位)",
        yes=("商务部等14部门关于", "海关总署等十二个单位"),
        no=("商务部等有关部门",),
    )
)
# 商务部公告, 外交部文件: what the masthead prints behind a body.
TYPE_BEHIND = Forms(
    Form(
        "type",
        r"(?:公\s*告|通\s*告|令|文\s*件)\s*$",
        yes=("商务部公 告", "商务部令", "外交部文件"),
        no=("商务部公告2025年",),
    )
)
# How a title goes on behind the bodies that it opens with: 商务部|关于….
TITLE_GOES_ON = Forms(
    Form(
        "goes on",
        rf"关于|等|令|公告|通告|{ISSUE}|办公",
        yes=("关于某事的通知", "等14部门关于", "办公厅关于"),
        no=("部长会见某人",),
    ),
    anchored=True,
)
