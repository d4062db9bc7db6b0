"""The words round a title by which it is the document's own, or no document (data)."""

from shared.chinese.acts import APPLY, ISSUE
from shared.chinese.annexes import ANY_ANNEX
from shared.chinese.form import Form, Forms

# Up to a title: papers that are parts of this one, or that somebody fills in.
PARTS_AND_PAPERS = Forms(
    Form(
        "annex",
        rf"(?:后附|随附|所附|{ANY_ANNEX}\s?[：:.、]?\s?|附后的?|本|见{ANY_ANNEX}的?)\s?$",
        yes=("后附", "附件1：", "详见附件2的"),
        no=("根据",),
    ),
    Form(
        "handed in",
        r"(?:填写|填报|提交|出具|领取|换发|签发|申领|核发|缮制|递交|换领|交验)(?:的|了)?[^，。；《》]{0,8}$",
        yes=("请填写", "并提交企业的"),
        no=("提交，",),
    ),
)
# The end of a title.
DRAFT = Forms(
    Form(
        "draft",
        "(?:征求意见稿|草案|公开征求意见稿)）?$",
        yes=("某办法（征求意见稿）",),
        no=("某办法",),
    )
)
# What the document issues: up to its title, …
ISSUED_BEFORE = Forms(
    Form(
        "issued",
        rf"(?:现|特|决定|予以)(?:予以?|联合|重新|正式|修订){{0,4}}{ISSUE}{APPLY}?[^，。；《》]{{0,6}}(?:《[^》]{{0,300}}》[^，。；]{{0,8}})*$",
        yes=("现公布", "现予发布实施", "现公布《甲目录》和"),
        no=("商务部公布",),
    ),
    Form(
        "drawn up",
        r"(?:我部|我们|商务部|会同[^，。；]{0,30})(?:研究)?(?:组织)?(?:制定|制订|编制|修订|起草)(?:了|并[^，。]{0,4})?[^，。；《》]{0,4}$",
        yes=("我部制定了", "商务部会同有关部门制定"),
    ),
)
# … wherever else the text names it: 《甲目录（2020年版）》自《甲目录（2025年版）》施行之日起废止。现公布《甲目录（2025年版）》.
ISSUES_HERE = Forms(
    Form(
        "issued",
        rf"现(?:予以?|将)?(?:联合|重新|正式)*{ISSUE}(?:修订后的|新的)?《(?P<title>[^《》\n]{{1,120}})》",
        yes=("现公布《甲目录（2025年版）》", "现印发修订后的《甲办法》"),
        no=("商务部公布《甲目录》", "现公布的《甲目录》"),
    )
)
HEREBY = Forms(Form("hereby", r"现(?:将|就)[^。；]{0,160}$", yes=("现将修订后的",)))
# … and behind it.
ISSUED_BEHIND = Forms(
    Form(
        "issued",
        rf"[^，。；]{{0,60}}?(?<!转){ISSUE}(?:给|如下|实施|施行|，|。|$)",
        yes=("印发给你们，请遵照执行", "公布如下"),
        no=("转发给你们",),
    ),
    Form(
        "adopted and issued",
        rf"[^。；]{{0,120}}?(?:审议|审核|通过|同意|批准)[^。；]{{0,30}}?，?(?:现|特)(?:予以?)?{ISSUE}",
        yes=("已经部务会议审议通过，现予公布",),
    ),
    anchored=True,
)
ADOPTED = Forms(Form("adopted", "审议|审核|通过|同意|批准", yes=("经国务院批准",), no=("根据",)))
# In a title, up to another: 关于公布|《某目录》的公告.
TITLE_ISSUES = Forms(
    Form(
        "issues",
        rf"(?<!转){ISSUE}(?:实施)?[^，《》]{{0,8}}$",
        yes=("关于公布", "关于印发部分"),
        no=("关于转发", "关于修改"),
    )
)
