"""How names of bodies 发文机关 are built, for those that no table lists (data)."""

from shared.chinese.characters import HAN
from shared.chinese.form import Form, Forms
from shared.chinese.numerals import TENS

# The last character of most bodies' names, and what those of other states end with.
ENDS = "[部委局署院会厅办行]"
ABROAD_ENDS = "(?:政府|当局|部|委员会|办公室|局|署|院|会)"
_KIND = rf"(?:{ENDS}|司|总社|办公室|政府|机制|小组|中心|兵团|海关|集团|大学|联席会议)"
# Words of sentences, and words that end as a body's name does.
_NO_PART = (
    r"(?:有关|各省|各地|各级|相关|上述|前述|当地|所在|主管|本|我|你|该|其|此|某些|通知|公告|规定|办法|附件|联系|电话|负责|以下"
    r"|如下|企业|文件|应当|可以|关于)"
)
_NO_END = (
    r"(?:部署|签署|社会|机会|大会|展会|博览会|交易会|举办|承办|主办|协办|交办|(?:执|施|实|进|现|发|举|试|推|通|运|流|暂|另)行"
    rf"|(?:全|内|外|局|东|西|大|干|一|上述)部|(?:格|布|结)局|^[{TENS}两]部委?)"
)
# A name that stands alone: a line of a signature, a piece of an enumeration.
NAMES = Forms(
    Form(
        "body",
        rf"(?!.*{_NO_PART})(?!(?:.*{_NO_END}|[{TENS}两]部委?)(?:（[^（）]*）)?$)"
        rf"[{HAN}]{{1,22}}{_KIND}(?:（[^（）]{{1,10}}）)?$",
        yes=("国家某某委员会", "湖南省商务厅", "国家某种办公室", "中国某某银行", "某某海关"),
        no=("各地商务主管部门", "有关部门", "商务部办公厅负责", "并执行", "上述部", "两部委"),
    ),
    anchored=True,
)
# Before a body that is asked or told, and does not issue.
ASKED = Forms(
    Form(
        "asked",
        r"(?:请示|报请|上报|报|商|会商|征求|征得|请|由|向|同)$",
        yes=("经请示", "经商", "征求"),
        no=("商务部、", "根据"),
    )
)
# What a sentence has before a name: 决定对|国家某委、海关总署公告…
LEADS_TO_NAME = Forms(
    Form(
        "lead-in",
        r"(?:根据|按照|依照|依据|遵照|参照|执行|贯彻|落实|会同|以及|自|对|由|将|以|按|向|经|为|于|即|与|(?<!共)和|及|的|是|了"
        r"|暂停|停止|终止|废止|取消|修改|修订|撤销|实施|恢复|替代|代替|见|除)",
        yes=("决定对", "根据", "废止"),
        no=("国家",),
    )
)
# … in a title, up to what it goes on with: 国家某委|关于….
NAMES_IN_TITLE = Forms(
    Form(
        "body",
        rf"(?!{_NO_PART})[{HAN}]{{2,20}}?{_KIND}(?=\s|[、，]|关于|等\d|等[{TENS}]|令|公告|通告|联合|$)",
        yes=("国家某委 海关总署关于", "国家某委关于", "某某局、商务部公告"),
        no=("本办法关于", "中国与某国关于"),
    ),
    anchored=True,
)
