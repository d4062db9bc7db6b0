"""How a notice accepts price undertakings (data)."""

from shared.chinese.form import Form, Forms

_UNDERTAKING = "价格承诺(?!申请|的申请)"
ACCEPTED = Forms(
    Form(
        "accepted",
        # (Looked for first, which is quick: of those without it there may be many.)
        rf"(?P<verb>接受|批准|同意)(?=[^。；\n]{{1,4000}}?{_UNDERTAKING})"
        rf"(?P<names>[^。；\n]{{1,4000}}?)(?:所?(?:提出|提交|作出))?的?{_UNDERTAKING}",
        yes=(
            "决定接受甲公司（Alpha S.A.）、乙公司等34家公司提出的价格承诺",
            "接受下列公司的价格承诺",
        ),
        no=("接受甲公司的价格承诺申请",),
    ),
    Form(
        "accepted",
        r"(?<![^，。；\n])(?P<names>[^，。；\n]{2,}?)(?:提出|提交)了?价格承诺(?:申请)?，[^。；\n]{0,40}?(?P<verb>接受)(?!申请)",
        yes=("甲公司、乙公司等提出价格承诺申请，调查机关决定接受",),
        no=("甲公司提出价格承诺申请，调查机关决定不予考虑",),
    ),
)
# Behind it: the names stand in a list.
BELOW = Forms(
    Form("below", r"[：:]\s*$", yes=("：", "，名单如下："), no=("。",)),
)
# The words that close a notice, printed without a full stop.
CLOSES = Forms(
    Form("closes", r"特此", yes=("特此公告",), no=("某某集团",)),
    anchored=True,
)
# No names: those of whom the text speaks elsewhere, or nowhere.
NOBODY = Forms(
    Form(
        "nobody",
        r"(?:下列|以下|上述|有关|相关|附件|部分|其|该|各|前述)",
        yes=("下列公司", "上述公司", "有关企业", "其他企业"),
        no=("甲公司",),
    ),
    anchored=True,
)
