"""How a link says by its words alone that it leads to a file (data)."""

from shared.chinese.annexes import ANNEX_IN_FULL
from shared.chinese.file_endings import FORMAT_NAME
from shared.chinese.form import Form, Forms
from shared.chinese.numerals import TENS

LABELS = Forms(
    Form(
        "annex",
        rf"^{ANNEX_IN_FULL}\s?(?:[\d{TENS}]{{1,3}})?(?:$|[：:.、])",
        yes=("附件1：出口管制物项清单", "附件", "附件二"),
        no=("附件所列物项", "见附件1"),
    ),
    Form(
        "download",
        r"^(?:点击|点此|文件|附件|全文|表格|正文)+下载$|下载(?:附件|全文|表格|文件)|^(?:附件)?下载(?:附件)?[：:]",
        yes=("点击下载", "附件下载", "下载全文", "附件下载：目录"),
        no=("下载中心", "移动客户端下载"),
    ),
    Form(
        "format",
        rf"{FORMAT_NAME}\s?(?:版|格式|文件|下载|全文)",
        yes=("公告全文（PDF版）", "Word版"),
        no=("Excel培训",),
    ),
)
