"""How a label block prints its labels (data). What they are called is `shared/chinese/labels.py`'s."""

from shared.chinese.characters import HAN
from shared.chinese.form import Form, Forms

MARKS = Forms(
    Form(
        "bracketed",
        rf"【\s*(?P<label>[{HAN}](?:\s?[{HAN}]){{1,7}})\s*】\s*：?",
        yes=("【发布文号】商务部公告2025年第1号", "【发 文 日 期】："),
        no=("【1】",),
    ),
    # Pages of 2023 and later print the block without brackets, too.
    Form(
        "bare",
        r"(?m:^)[ ]*(?P<label>发布文号|发文字号|文\s?号|发布单位|发文单位|发文机关|发文日期|成文日期|发布日期|实施日期"
        r"|索\s?引\s?号|有\s?效\s?性|时效(?:状态|性)|效力状态)[ ]*：",
        yes=("发文字号：商办建函〔2022〕318号", "索 引 号："),
        no=("请注明发文字号：",),
    ),
)
# 【打印本页】【关闭窗口】 are no labels.
BUTTONS = Forms(
    Form(
        "button",
        r"打印|关闭|返回|收藏|分享|字[体号]|纠错|下载|编辑|责任",
        yes=("打印本页", "字号", "责任编辑"),
        no=("发布单位",),
    ),
    anchored=True,
)
