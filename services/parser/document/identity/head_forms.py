"""What stands between the page's title and the text: editors' notes, and the history of a text (data)."""

from shared.chinese.acts import APPLY, ISSUE
from shared.chinese.characters import HAN
from shared.chinese.form import Form, Forms

# Lines of the site before the document's own, without white space.
NOTES = Forms(
    Form(
        "editor",
        r"[（【〔]?(?:编者(?:按|注|的话)|编辑(?:按|注)|按语?|导读|摘要|核心提示)[】〕]?[：:]",
        yes=("编者按：某日，商务部发布公告。", "【编者按】：近日", "（编者注：本文有删节）"),
        no=("按照规定，", "摘要"),
    ),
    Form(
        "reprint",
        r"[（【]?(?:本文)?(?:转载|摘|转)(?:自|于|：)|[（【]?(?:文章|稿件|信息|资料)?来源[：:]|[（【]?(?:作者|责任编辑|编辑|记者|发布人|发布者)[：:]",
        yes=("转载自某网站", "（来源：国务院网站）", "文章来源：某司", "责任编辑：某某"),
        no=("转发某通知",),
    ),
    Form(
        "follows",
        r"[^：]{0,120}(?:全文|原文|内容)(?:刊发|刊登|公布|转发|转载|发布)?如下[：。]$",
        yes=("近日，某部发布公告，全文如下：", "现将通知原文转发如下："),
        no=("现将有关事项通知如下：",),
    ),
    anchored=True,
)
# What became of a text on a day: the words behind the day, 《》 and what is in them left out.
EVENTS = Forms(
    Form(
        "revises",
        rf"(?:修订|修正|修改)(?:{ISSUE})?|重新{ISSUE}",
        yes=("国务院令第588号修订", "第一次修正", "修订公布", "重新公布"),
        no=("公布",),
    ),
    Form("issues", ISSUE, yes=("国务院令第399号公布", "海关总署令第30号发布"), no=("通过",)),
    Form("adopts", "通过|批准", yes=("常务委员会第七次会议通过", "国务院批准"), no=("公布",)),
    Form("effect", "(?:施行|实施|执行|生效)", yes=("自2004年1月1日起施行",), no=("公布",)),
    Form("ends", "废止|停止", yes=("废止",)),
)
# What may follow an event up to the next day.
BETWEEN_EVENTS = Forms(
    Form(
        "between",
        rf"[\s，；、]*(?:根据|依据|自|并自|并于|于|自{ISSUE}之日起{APPLY})?\s*$",
        yes=("", " 根据", "，自", "；", " 自发布之日起施行"),
        no=("某公告，决定",),
    ),
    anchored=True,
)
# The congress that passed a law.
CONGRESS = Forms(
    Form(
        "congress",
        rf"第[{HAN}\d]{{1,4}}届(?P<by>全国人民代表大会(?:常务委员会)?)第[^（）]{{1,10}}(?:通过|修订)",
        yes=("第十三届全国人民代表大会常务委员会第二十九次会议通过",),
        no=("第十三届全国人民代表大会代表",),
    )
)
