"""The verbs that say what a document does to another: behind a reference, before it, or in a line that
opens a list of them.

They are those of the notices themselves and of the NPC's 立法技术规范: 根据 and 依据 for the basis, 修改
and 修订, 废止 and 失效, 暂停实施 and 停止执行, 恢复实施, 延长, 更正.
"""

import re

from shared.chinese.acts import ISSUE, ISSUED
from shared.chinese.periods import COUNT
from shared.notice import Relation

_DO = r"(?:实施|执行|施行|适用)"
_STOPS = rf"(?=[。；，、）》\s至到期为的]|$|\d|{COUNT}(?:年|个月|天))"
_PAUSE = rf"(?:暂停|中止|暂缓|暂不){_DO}"
# From the reference to the verb: at most one comma, and then a date or 现 or 同时.
_TO = (
    r"[^，。；：\n《]{0,30}?(?:，\s?(?=自|从|即|现|同时|一并|均|在|于|继续)[^，。；：\n《]{0,40}?)?"
)
_MAYBE = (
    r"(?:现|均|也|亦|已经|应|将|应当|全部|一律|一并|同时|相应|即行|自行|同步|予以|予|宣布|不再)*"
)
BEHIND: tuple[tuple[Relation, re.Pattern[str]], ...] = (
    ("resumes", re.compile(rf"{_TO}(?P<verb>恢复(?:{_DO}|效力)){_STOPS}")),
    ("resumes", re.compile(rf"{_TO}(?P<verb>(?:停止|终止|解除)暂停)")),
    ("suspends", re.compile(rf"{_TO}(?P<verb>(?:继续)?{_PAUSE}){_STOPS}")),
    (
        "suspends",
        re.compile(
            rf"{_TO}(?P<verb>(?:继续)?(?:暂停|中止))(?=[。；，\s至到）]|$|\d|{COUNT}(?:年|个月|天))"
        ),
    ),
    (
        "repeals",
        re.compile(rf"{_TO}(?P<verb>{_MAYBE}(?:废止|失效|撤销|不再(?:{_DO}|有效))){_STOPS}"),
    ),
    ("repeals", re.compile(rf"{_TO}(?P<verb>{_MAYBE}停止{_DO}){_STOPS}")),
    (
        "extends",
        re.compile(
            r"[^，。；：\n《]{0,24}?(?P<verb>(?:有效期|期限|时间|执行期|实施期|适用期)?(?:限)?(?:再|继续|予以)?"
            r"(?:延长|延续|顺延|延期))(?!的)"
        ),
    ),
    ("extends", re.compile(rf"[^，。；：\n《]{{0,20}}?(?P<verb>继续{_DO})(?=至|到)")),
    (
        "corrects",
        re.compile(
            r"[^，。；：\n《]{0,60}?(?P<verb>更正(?:为|如下)|(?:作|予以|进行)[^，。；\n]{0,4}(?:更正|勘误)|勘误如下)"
        ),
    ),
    ("corrects", re.compile(r"的?(?P<verb>更正|勘误)(?:公告|通知|表|说明|的|$)")),
    ("corrects", re.compile(r"[^。；：\n《]{0,120}?(?P<verb>特此更正)")),
    (
        "amends",
        re.compile(
            r"(?!的?规定)[^，。；：\n《]{0,40}?(?P<verb>(?:作|作出|做|做出)(?:了)?(?:如下|以下|部分|相应|个别)*(?:修改|修订|调整|修正|补充)"
            r"|(?:修改|修订|调整|更改|变更)(?:为|成|如下)|予以(?:修改|修订|调整|修正)"
            r"|进行(?:如下|以下|相应|部分)*(?:修改|修订|调整|修正)(?!了|后|的)|增列|增补)"
        ),
    ),
    (
        "amends",
        re.compile(
            r"的?(?P<verb>(?:补充|修改|修订|修正|调整))(?:公告|通知|规定|决定|意见|的(?:公告|决定|通知|令))"
        ),
    ),
)
_NEAR = r"[^，。；：\n《》]{0,14}"
_LIST = r"(?:下列|以下)[^。；：\n]{0,16}：\s?"
BEFORE: tuple[tuple[Relation, re.Pattern[str]], ...] = (
    ("resumes", re.compile(rf"(?P<verb>恢复{_DO}?)(?:{_NEAR}|{_LIST})$")),
    ("suspends", re.compile(rf"(?P<verb>(?:继续)?{_PAUSE})(?:{_NEAR}|{_LIST})$")),
    (
        "suspends",
        re.compile(
            r"(?P<verb>(?:继续)?(?:暂停|中止))(?![^《]{0,8}(?:受理|进口|出口|征收|办理|加征|审批|发放|输入|接受))"
            rf"{_NEAR}$"
        ),
    ),
    ("repeals", re.compile(rf"(?P<verb>停止{_DO}?)(?!受理|进口|出口|征收|办理|加征){_NEAR}$")),
    ("repeals", re.compile(rf"(?P<verb>废止|撤销)(?!了|的|前|后)(?:{_NEAR}|{_LIST})$")),
    ("repeals", re.compile(rf"(?P<verb>宣布){_NEAR}$(?=.)")),
    ("extends", re.compile(r"(?P<verb>延长)(?!的|后)[^，。；：\n《》]{0,10}$")),
    ("corrects", re.compile(r"(?P<verb>更正|勘误)(?!的|后)[^，。；：\n《》]{0,6}$")),
    (
        "amends",
        re.compile(
            r"(?<!经)(?<![已新])(?P<verb>修改|修订|修正|调整)(?!后|的|了|和|、|、?完善)"
            r"(?:并[^，。《]{1,6})?[^，。；：\n《》的]{0,10}$"
        ),
    ),
)
# Work that is planned is not done: 推动修订《…》.
PLANNED = re.compile(
    r"(?:推动|加快|研究|抓紧|拟|计划|适时|配合|启动|建议|考虑|参与|组织|开展|推进|完成|正在|如需|可以?|提出)$"
)
BASIS = re.compile(
    r"(?P<verb>根据|依据|按照|依照|遵照|参照|贯彻落实|贯彻执行|贯彻实施|贯彻|落实|依(?=《)|按(?![期时月季年规照约需日])|执行(?=《))"
    r"[^，。；：\n》]{0,40}$"
)
TOLD = re.compile(
    rf"(?:{ISSUED}|(?:出台|制定)(?:了|的)?|(?:{ISSUE}|出台)[^，。；《》]{{0,12}})[\s（“]{{0,2}}$"
)
_PAPERS = (
    r"[^。：]{0,24}?(?:规章|文件|公告|通知|规定|办法|法规|法律|目录|令|决定|条款|条例|措施|清单)"
)
_LEAD_VERBS: tuple[tuple[Relation, str], ...] = (
    ("resumes", rf"恢复{_DO}"),
    ("suspends", rf"(?:继续)?{_PAUSE}"),
    ("repeals", rf"废止|失效|撤销|停止{_DO}|不再{_DO}"),
    ("extends", r"延长|延续|继续执行"),
    ("amends", r"修改|修订|修正|调整"),
)
LEADS: tuple[tuple[Relation, re.Pattern[str]], ...] = tuple(
    (relation, re.compile(pattern))
    for relation, verb in _LEAD_VERBS
    for pattern in (
        rf"(?P<verb>{verb})[^。：《]{{0,12}}(?:下列|以下){_PAPERS}",
        rf"(?:下列|以下){_PAPERS}[^。：《]{{0,30}}?(?P<verb>{verb})",
    )
)
