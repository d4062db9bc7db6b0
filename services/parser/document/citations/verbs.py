"""The verbs that say what a document does to another (data): behind a reference, before it, or in a line
that opens a list of them. A form's name is the relation.

The verbs themselves stand in `shared.chinese.acts`.
"""

from shared.chinese.acts import (
    ABOLISH,
    AMEND,
    APPLY,
    CORRECT,
    EXTEND,
    ISSUE,
    LEVY,
    REPEAL,
    REST_ON,
    RESUME,
    STOP,
    SUSPEND,
    any_of,
)
from shared.chinese.annexes import ANNEX
from shared.chinese.form import Form, Forms
from shared.chinese.periods import LENGTH
from shared.chinese.sentences import STOPS

_LENGTH = rf"\d|{LENGTH}"
_BEHIND_VERB = rf"(?=[{STOPS}，、）》\s至到期为的系]|与否|$|{_LENGTH})"
_PAUSE = rf"(?:继续)?(?:{SUSPEND}|暂缓|暂不){APPLY}"
_CHANGE = any_of(AMEND, "更改", "变更", "更名")
# From the reference to the verb: at most one comma, and then a date or 现 or 同时.
# (Or from the effect of another, whose title stands between: 自《甲目录（2025年版）》施行之日起废止.)
_TO = (
    rf"(?:自《[^》\n]{{1,60}}》(?:{APPLY}|{ISSUE}|生效)之日起)?"
    r"[^，。；：\n《]{0,30}?(?:，\s?(?=自|从|即|现|同时|一并|均|在|于|继续|依法)[^，。；：\n《号]{0,40}?)?"
)
_MAYBE = r"(?:现|均|也|亦|已经|应|将|应当|全部|一律|一并|同时|相应|即行|自行|自动|依法|同步|予以|予|宣布)*"
BEHIND = Forms(
    Form(
        "resumes",
        rf"{_TO}(?P<verb>{RESUME}(?:{APPLY}|效力)){_BEHIND_VERB}",
        yes=("自2025年12月1日起恢复实施。",),
        no=("恢复",),
    ),
    # A part of a duty, for a time: …规定的加征关税税率，由34%调整为10%，在90天内|暂停实施|24%的对美加征关税税率.
    Form(
        "suspends",
        rf"[^，。；：\n《]{{0,30}}，(?:由[^，。；\n]{{1,24}}，)?(?:其中，?)?(?:在[^，。；\n]{{1,12}}[内间]，?)?(?P<verb>(?:继续)?{SUSPEND}{APPLY}?)"
        r"(?=[^，。；\n]{0,8}\d[\d.]*\s?%)",
        yes=(
            "规定的加征关税税率，由34%调整为10%，在90天内暂停实施24%的对美加征关税税率",
            "规定的加征关税措施，在一年内继续暂停实施24%的对美加征关税税率",
        ),
        no=("规定的加征关税措施，税率调整为10%",),
    ),
    Form("resumes", rf"{_TO}(?P<verb>{STOP}暂停)", yes=("自即日起停止暂停",)),
    Form(
        "suspends",
        rf"{_TO}(?P<verb>{_PAUSE}){_BEHIND_VERB}",
        yes=("第二款自即日起暂停实施。", "继续暂停实施至2026年11月10日"),
        no=("规定，暂停实施",),
    ),
    Form(
        "suspends",
        rf"{_TO}(?P<verb>(?:继续)?{SUSPEND})(?=[。；，\s至到）]|$|{_LENGTH})",
        yes=("继续暂停90天", "中止。"),
        no=("暂停进口",),
    ),
    Form(
        "repeals",
        rf"{_TO}(?P<verb>{_MAYBE}(?:{REPEAL}|不再(?:继续)?(?:{APPLY}|{LEVY}|有效)|已经?(?:于[^，。；：\n《]{{2,16}})?到期)){_BEHIND_VERB}",
        yes=(
            "同时废止。",
            "已实施期满，依法自动失效。",
            "附件3自2026年1月1日起失效。",
            "不再执行",
            "自《甲目录（2025年版）》施行之日起废止。",
            "不再继续执行",
            "已于2025年1月1日到期。",
        ),
        no=("。同时废止", "将于2025年1月1日到期。"),
    ),
    Form(
        "repeals",
        rf"{_TO}(?P<verb>{_MAYBE}(?:停止|终止|取消)(?:{APPLY}|{LEVY})){_BEHIND_VERB}",
        yes=("同时停止执行。", "自即日起停止执行至2026年6月30日", "规定的措施终止实施。"),
        no=("停止受理",),
    ),
    # 第一条|规定的管理措施自2025年12月1日起取消
    Form(
        "repeals",
        rf"(?:所?规定的|所列|公布的)[^，。；：\n《]{{0,20}}?(?:措施|要求|管理|限制)[^，。；：\n《]{{0,24}}?(?P<verb>取消|解除){_BEHIND_VERB}",
        yes=("规定的管理措施自2025年12月1日起取消。", "所列限制同时解除"),
        no=("规定的管理措施取消后",),
    ),
    # 附件2|自2025年7月1日起停止使用
    Form(
        "repeals",
        rf"\s?(?:自|于|从|即|现|均|同时)[^，。；：\n《的]{{0,24}}?(?P<verb>停止使用){_BEHIND_VERB}",
        yes=("自2025年7月1日起停止使用。", "同时停止使用"),
        no=("规定的许可证自2025年7月1日起停止使用",),
    ),
    Form(
        "extends",
        r"[^，。；：\n《]{0,24}?(?:有效期|期限|时间|执行期|实施期|适用期)?(?:限)?(?P<verb>(?:再|继续|予以)?"
        rf"{EXTEND})(?!的)",
        yes=("有效期延长至2027年12月31日",),
        no=("许可证有效期延长的",),
    ),
    Form(
        "extends",
        rf"[^，。；：\n《]{{0,20}}?(?P<verb>继续{APPLY})(?=至|到)",
        yes=("继续执行至2027年12月31日",),
        no=("继续执行。",),
    ),
    Form(
        "corrects",
        rf"[^，。；：\n《]{{0,60}}?(?P<verb>更正(?:为|如下)|(?:作|予以|进行)[^，。；\n]{{0,4}}{CORRECT}|勘误如下)",
        yes=("附件1中“甲”更正为“乙”", "予以更正"),
    ),
    Form(
        "corrects",
        rf"的?(?P<verb>{CORRECT})(?:公告|通知|表|说明|的|$)",
        yes=("的更正公告", "勘误表"),
    ),
    Form(
        "corrects",
        r"[^。；：\n《]{0,120}?(?P<verb>(?:特此|现予以?)更正)",
        yes=("附件1中“3C901.a”应为“3C901.b”，特此更正", "误将“甲”印为“乙”，现予更正"),
    ),
    Form(
        "amends",
        rf"(?!的?规定)[^，。；：\n《]{{0,40}}?(?P<verb>(?:作|作出|做|做出)(?:了)?(?:如下|以下|部分|相应|个别)*(?:{AMEND}|补充)"
        rf"|{_CHANGE}(?:为|成|如下)|(?<=”)改为(?=“)|予以{AMEND}"
        rf"|进行(?:如下|以下|相应|部分)*{AMEND}(?!了|后|的)|增列|增补)",
        yes=("作如下修改", "第3项调整为“Y”", "进行修订"),
        no=("进行了修订", "规定作如下修改", "，作如下修改"),
    ),
    # 第1号公告|规定的反倾销措施的产品范围调整如下
    Form(
        "amends",
        rf"(?:规定|所列|确定|{ISSUE})的[^，。；：\n《]{{0,30}}?(?:范围|税率|名单|清单|目录)[^，。；：\n《]{{0,8}}?"
        rf"(?P<verb>{_CHANGE}(?:为|成|如下)|扩大|缩小)",
        yes=(
            "规定的反倾销措施的产品范围调整如下",
            "公布的税率由8.2%调整为23.9%",
            "规定的适用范围扩大至全国",
        ),
        no=("规定调整如下", "规定的期限延长"),
    ),
    Form(
        "amends",
        rf"(?!的?规定)[^，。；：\n《]{{0,24}}?(?:{ANNEX}|名单|清单|目录)[^，。；：\n《]{{0,16}}?中?"
        r"(?P<verb>增加|新增|删去|删除)(?!的)",
        yes=("附件所列名单中增加甲口岸", "所附目录中删去"),
        no=("附件中增加的",),
    ),
    Form(
        "amends",
        rf"的?(?P<verb>补充|{AMEND})(?:公告|通知|规定|决定|意见|的(?:公告|决定|通知|令))",
        yes=("的补充通知", "修改的决定"),
    ),
    anchored=True,
)
_NEAR = r"[^，。；：\n《》]{0,14}"
# … with who issued the first of them: 下列规定：1990年国务院发布的《…》.
_FIRST = rf"：(?:[^，。；：\n《》]{{2,30}}{ISSUE}的)?\s?"
_LIST = rf"(?:下列|以下)[^。；：\n]{{0,16}}{_FIRST}"
_THESE = r"(?:下列|以下)[^。；：《\n]{0,40}?"
_TRADE = any_of("受理", "进口", "出口", "办理", LEVY)
# Up to the reference. Of two that stand there the one that is written first counts.
BEFORE = Forms(
    # 下列公告自2025年7月1日起废止：
    Form(
        "resumes",
        rf"{_THESE}(?P<verb>{RESUME}{APPLY}){_FIRST}$",
        yes=("下列公告自即日起恢复执行：",),
    ),
    Form("suspends", rf"{_THESE}(?P<verb>{_PAUSE}){_FIRST}$", yes=("下列公告自即日起暂停执行：",)),
    Form(
        "repeals",
        rf"{_THESE}(?P<verb>{_MAYBE}(?:{REPEAL}|(?:停止|终止|不再){APPLY})){_FIRST}$",
        yes=(
            "下列公告自2025年7月1日起废止：",
            "以下文件即行停止执行：",
            "下列规定同时废止：1990年国务院发布的",
        ),
        no=("下列公告继续有效：",),
    ),
    Form("resumes", rf"(?P<verb>{RESUME}{APPLY}?)(?:{_NEAR}|{_LIST})$", yes=("恢复实施",)),
    Form(
        "suspends",
        rf"(?P<verb>{_PAUSE})(?:{_NEAR}|{_LIST})$",
        yes=("即日起暂停执行", "暂停实施下列公告："),
    ),
    Form(
        "suspends",
        rf"(?P<verb>(?:继续)?{SUSPEND})(?![^《]{{0,8}}(?:{_TRADE}|审批|发放|输入|接受)){_NEAR}$",
        yes=("继续暂停",),
        no=("暂停进口", "暂停，"),
    ),
    Form("repeals", rf"(?P<verb>不再{APPLY}){_NEAR}$", yes=("不再执行",), no=("不再受理",)),
    Form(
        "repeals",
        rf"(?P<verb>(?:停止|终止){APPLY}?)(?!{_TRADE}){_NEAR}$",
        yes=("停止执行", "终止实施"),
        no=("停止进口",),
    ),
    Form(
        "repeals",
        rf"(?P<verb>{ABOLISH}|撤回)(?!了|的|前|后)(?:{_NEAR}|{_LIST})$",
        yes=("决定废止", "撤回2025年5月30日发布的"),
        no=("废止的",),
    ),
    Form(
        "extends",
        r"(?P<verb>延长)(?!的|后)[^，。；：\n《》]{0,10}$",
        yes=("决定延长",),
        no=("延长后",),
    ),
    Form(
        "corrects",
        rf"(?P<verb>{CORRECT})(?!的|后)[^，。；：\n《》]{{0,6}}$",
        yes=("更正",),
        no=("更正后的",),
    ),
    # 由乙公司继承甲公司在|第1号公告|中所适用的反倾销税税率
    Form(
        "amends",
        r"由(?:[^，。；：\n《》（]|（[^（）\n]*）){1,80}?(?P<verb>继承)(?:[^，。；：\n《》（]|（[^（）\n]*）){1,80}?在$",
        yes=("由乙株式会社（Otsu Co., Ltd.）继承甲株式会社在",),
        no=("由乙公司继承甲公司，在",),
    ),
    Form(
        "amends",
        rf"(?<!经)(?<![已新])(?P<verb>{AMEND})(?!后|的|了|和|、|、?完善)"
        r"(?:并[^，。《]{1,6})?[^，。；：\n《》的]{0,10}$",
        yes=("决定修改", "修改并重新公布"),
        no=("经修订的", "新修订", "修改了"),
    ),
)
# What a document rests on, up to the reference.
BASIS = Forms(
    Form("rests on", rf"(?P<verb>{REST_ON})[^，。；：\n》]{{0,40}}$", yes=("根据", "依据商务部")),
    Form(
        "carries out",
        r"(?P<verb>贯彻(?:落实|执行|实施)?|落实)[^，。；：\n》]{0,40}$",
        yes=("为贯彻落实", "落实"),
    ),
    # In short, right before a title: 依《…》, 按《…》.
    Form(
        "rests on",
        r"(?P<verb>依(?=《)|(?<=为)执行|按(?![期时月季年规照约需日])|执行(?=《))[^，。；：\n》]{0,40}$",
        yes=("按商务部",),
        no=("按期",),
    ),
)
# That the text reports what another document published, up to the reference.
REPORTED = Forms(
    Form(
        "issued",
        rf"(?:{ISSUE}|出台)[^，。；《》]{{0,12}}[\s（“]{{0,2}}$",
        yes=("商务部发布", "联合印发了", "商务部发布公告（"),
        no=("发布，",),
    ),
    Form("drawn up", r"制定(?:了|的)?[\s（“]{0,2}$", yes=("商务部制定了",)),
)
# Behind a reference: it is left as it is. 除商务部公告2020年第1号外，…废止
EXCEPTED = Forms(
    Form("excepted", "[以之]?外(?=[，、])|除外", yes=("外，", "以外，", "除外"), no=("外商",)),
    anchored=True,
)
_ENDED = any_of(REPEAL, "停止" + APPLY, "不再" + APPLY)
# How many they are: 废止的规章（13件）.
_COUNT = "(?:（[^（）]{0,8}[件个部项]）)?"
_PAPERS = any_of(
    *(
        "规章",
        "规范性文件",
        "文件",
        "公告",
        "通知",
        "规定",
        "办法",
        "法规",
        "法律",
        "目录",
        "令",
        "决定",
        "条款",
    ),
    *("条例", "措施", "清单"),
)


def _opening(relation: str, verb: str, *yes: str) -> tuple[Form, Form]:
    """A verb before or behind 下列公告 in the line that opens a list."""
    these = rf"(?:下列|以下)[^。：]{{0,24}}?{_PAPERS}"
    return (
        Form(relation, rf"(?P<verb>{verb})[^。：《]{{0,12}}{these}", yes=(yes[0],)),
        Form(relation, rf"{these}[^。：《]{{0,30}}?(?P<verb>{verb})", yes=(yes[1],)),
    )


# Of two that stand in the line the one that is written first counts.
LEADS = Forms(
    *_opening("resumes", RESUME + APPLY, "恢复实施下列公告：", "下列公告自即日起恢复实施："),
    *_opening("suspends", _PAUSE, "暂停实施下列公告：", "下列公告自即日起暂停实施："),
    *_opening(
        "repeals",
        _ENDED,
        "商务部决定废止下列规章：",
        "以下文件自即日起停止执行：",
    ),
    *_opening(
        "extends",
        any_of(EXTEND, "继续执行"),
        "延长下列公告的有效期：",
        "以下措施继续执行：",
    ),
    *_opening("amends", AMEND, "商务部决定修改下列规章：", "商务部决定对下列规章作出修改："),
)
# … and a heading of the items below it, that ends without a colon: 一、废止下列规章, 二、予以废止的规范性文件（13件）.
HEADINGS = Forms(
    *(
        Form(
            relation,
            rf"(?:商务部|经研究，)?(?:决定|现)?(?P<verb>{verb})(?:下列|以下)[^。：《，]{{0,16}}?{_PAPERS}{_COUNT}$",
            yes=(yes,),
            no=("停止执行商务部公告2020年第1号的规定",),
        )
        for relation, verb, yes in (
            ("repeals", _ENDED, "废止下列规章"),
            ("amends", AMEND, "修改下列规章（5件）"),
        )
    ),
    *(
        Form(
            relation,
            rf"(?:现|决定|予以|宣布)*(?P<verb>{verb})的(?:(?:部门)?{_PAPERS})+{_COUNT}$",
            yes=(yes,),
            no=("已废止的规章", "废止规章的决定"),
        )
        for relation, verb, yes in (
            ("repeals", _ENDED, "予以废止的规范性文件（13件）"),
            ("amends", AMEND, "决定修改的规章"),
        )
    ),
    anchored=True,
)
# In the title of what the document issues, round that of another: 关于修改〈某办法〉的决定.
IN_TITLE = Forms(
    Form("repeals", "废止|停止执行", yes=("关于废止〈甲办法〉的决定",)),
    Form("suspends", SUSPEND, yes=("关于暂停实施〈甲公告〉的公告",)),
    Form("extends", "延长|延续", yes=("关于延长〈甲措施〉期限的公告",)),
    Form("corrects", CORRECT, yes=("关于更正〈甲公告〉的公告",)),
    Form("amends", any_of(AMEND, "补充"), yes=("关于修改〈甲办法〉的决定",)),
)
