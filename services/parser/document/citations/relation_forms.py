"""Words beside a verb by which the relation is another's, or the document's own in any case (data)."""

from shared.chinese.acts import ISSUE
from shared.chinese.form import Form, Forms

# Behind a number, up to what that document published: 第59号公告|公布的目录同时废止.
PUBLISHED = Forms(
    Form("published", f"{ISSUE}的", yes=("公布的目录",), no=("，公布的",)), anchored=True
)
ISSUES = Forms(Form("issues", ISSUE, yes=("发布2016年第4号公告",), no=("第4号公告",)))
# Between a reference and a verb: the cited document says or does it.
SAYS = Forms(
    Form(
        "says",
        rf"决定|(?<!的)规定(?!的)|明确|要求|{ISSUE}|宣布(?!$)|提出|曾|已于",
        yes=("决定", "明确", "宣布将", "已于"),
        no=("中的规定", "规定的", "宣布"),
    )
)
# Verbs of change that count though the reference is a basis, too, …
IN_ANY_CASE = Forms(
    Form("besides", "同时|一并|予以", yes=("同时废止", "予以调整"), no=("调整",)), anchored=True
)
# … and though the text reports that it was published.
NOW = Forms(
    Form(
        "now",
        "废止|失效|停止|终止|不再|同时|予以|暂停|现",
        yes=("停止执行", "现修改为"),
        no=("调整为",),
    )
)
# Up to a verb: 第9号公告已|废止第1号公告.
DONE = Forms(
    Form("done", "(?:已经?|曾经?)$", yes=("第9号公告已", "曾经"), no=("已于2025年1月1日",))
)
# Behind a reference: what is ended or halted is the investigation that it opened, …
INVESTIGATED = Forms(
    Form(
        "investigation",
        r"[^，。；：\n《》]{0,24}?(?:立案|发起|启动|所立|的|进行)[^，。；：\n《》]{0,12}?调查(?!机关|期)",
        yes=("所立反倾销调查", "立案发起的反补贴调查。"),
        no=("公布的调查机关", "规定的措施"),
    ),
    anchored=True,
)
# … and what is changed is that which disagrees with it: 与|第25号公告|相抵触的内容废止.
DISAGREES = Forms(
    Form(
        "disagrees",
        r"[^，。；：\n《》]{0,12}?相?(?:抵触|不一致|不符|冲突)的?",
        yes=("相抵触的内容废止", "规定不一致的"),
        no=("的内容废止",),
    ),
    anchored=True,
)
WITH = Forms(Form("with", "[与同和]$", yes=("原规定中与",), no=("根据",)))
# By another document: 第15号公告已由|第16号公告|废止, up to that document, …
BY = Forms(Form("by", "(?:由|被)$", yes=("已由", "（已被"), no=("自由贸易",)))
# … and from the changed one to the verb.
BY_ANOTHER = Forms(
    Form(
        "by another",
        r"\s?(?:已经?|业已|现)?(?:由|被)[^，。；：\n]{2,40}?(?:号|》)",
        yes=("已由商务部公告2023年第16号", "被《乙办法》"),
        no=("自2025年1月1日起",),
    ),
    anchored=True,
)
