"""第三条第二款, 附件1, 清单第5项: the part of a document that a text names.

How parts are numbered is `shared.chinese.provisions`.
"""

import re
from itertools import islice
from typing import NamedTuple

from shared.chinese.acts import AMEND
from shared.chinese.annexes import ANNEX_IN_FULL, NUMBERED_ANNEX, NUMBERED_ANNEX_IN_FULL
from shared.chinese.characters import squeeze
from shared.chinese.form import Form, Forms
from shared.chinese.markers import marker_at
from shared.chinese.numerals import TENS
from shared.chinese.provisions import PROVISION
from shared.chinese.text import Line, Text

_UNIT = rf"{PROVISION}(?:之[{TENS}])?"
_PAPER = rf"{NUMBERED_ANNEX}|{ANNEX_IN_FULL}|清单|目录|名单|注释|正文"
_PLACE = rf"(?:(?:{_PAPER})(?:的|中的?|所列|“[^”\n]{{1,30}}”|《[^》\n]{{1,60}}》)?\s?)?{_UNIT}(?:的?\s?{_UNIT})*|{NUMBERED_ANNEX_IN_FULL}(?:《[^》\n]{{1,60}}》)?"
_CLAUSE = rf"(?:{_PLACE})(?:\s?(?:、|和|及|以及|至|到|，)\s?(?:{_PLACE}))*"
# How the item of an amendment begins: with the clause that it changes.
CHANGED = Forms(
    Form(
        "changed",
        rf"(?:将|把|在|对|删去|删除|删掉|取消|废止)?\s?(?:原)?(?:《[^》\n]*》)?(?:的|中的?)?(?P<clause>{_CLAUSE})"
        r"(?!\s?(?:规定的|所称))",
        yes=("将第五条修改为", "删去第十二条第二款", "第七条增加一项"),
        no=("第七条规定的",),
    ),
    Form(
        "added",
        rf"增加[{TENS}两\d][编章节条款项目][^。；\n]{{0,4}}作为(?P<clause>{_CLAUSE})",
        yes=("增加一条，作为第八条",),
    ),
    anchored=True,
)
# Up to the verb of a change.
_TO_VERB = r"(?=的?(?:自|从|于|现|均|也|将|已|即行|同时|一并|不再|停止|终止|暂停|废止|失效|恢复|继续|予以|调整|修改|更正))"
# Behind a document the part of it that is changed, by its number or by what it is about.
BEHIND = Forms(
    Form(
        "numbered",
        rf"[\s）]{{0,2}}(?:的|中的?|之)?\s?(?P<clause>{_CLAUSE})",
        yes=("第三条第二款自即日起", "中的附件1", "附件2第3项、第5项", "附件2《乙清单》停止执行"),
        no=("自即日起",),
    ),
    Form(
        "annexed",
        rf"[\s）]{{0,2}}(?P<clause>所附的?(?:《[^》\n]{{1,60}}》[^，。；：\n《]{{0,40}}?)+){_TO_VERB}",
        yes=("所附《乙清单》及相关内容不再适用", "所附《乙清单》、《丙清单》自即日起废止"),
        no=("所附《乙清单》的说明。",),
    ),
    # What is left as it is: 除第二条外自2026年1月1日起废止.
    Form(
        "but for",
        rf"[\s）]{{0,2}}，?(?P<clause>除(?:{_CLAUSE})(?:的?(?:规定|内容))?[以之]?外)",
        yes=("除第二条外", "除第二条、第三条的规定以外"),
        no=("除外",),
    ),
    Form(
        "in conflict",
        r"[\s）]{0,2}中?(?P<clause>[与同][^，。；：\n《》]{1,30}(?:不一致|不符|抵触|冲突)的(?:内容|规定|条款|部分))",
        yes=("与本公告不一致的内容停止执行",),
        no=("与本公告不一致的，",),
    ),
    Form(
        "about",
        r"[\s）]{0,2}[中内]的?(?P<clause>(?:有关|关于|涉及|与|对|针对)[^，。；：\n《》]{1,60}?"
        rf"(?:规定|内容|条款|部分|要求|条文|事项|措施)){_TO_VERB}",
        yes=("中有关乙类商品的规定自2026年1月1日起停止执行", "中关于反倾销的规定同时废止"),
        no=("中关于反倾销的规定，",),
    ),
    Form(
        "about",
        r"[\s）]{0,2}的?(?P<clause>(?:有关|关于|涉及|针对)[^，。；：\n《》]{1,60}?的"
        rf"(?:规定|内容|条款|部分|要求|条文|事项)){_TO_VERB}",
        yes=("涉及丁产品的部分自2025年12月1日起停止实施",),
        no=("有关规定同时废止",),
    ),
    Form(
        "about",
        rf"[\s）]{{0,2}}的?(?P<clause>相应的?(?:规定|内容|条款|部分)){_TO_VERB}",
        yes=("相应条款停止执行",),
        no=("相应停止执行",),
    ),
    anchored=True,
)
# … up to a comma or a stop: 停止执行第1号公告|关于甲的规定, 第1号公告|关于甲的内容，现予以废止.
DESCRIBED = Forms(
    Form(
        "about",
        r"[\s）]{0,2}[中内]?的?(?P<clause>(?:有关|关于|涉及|针对)[^，。；：\n《》]{1,60}?"
        r"的(?:规定|内容|条款|部分|要求|条文|事项|措施))(?=[，。；]|$)",
        yes=("关于甲的规定，", "中涉及乙类商品的内容。"),
        no=("关于甲的规定自2026年1月1日起",),
    ),
    # 终止《甲协议》|附件所列商品的关税减让
    Form(
        "in its annex",
        rf"[\s）]{{0,2}}(?P<clause>{ANNEX_IN_FULL}\d{{0,2}}(?:所列|规定)[^，。；：\n《》]{{1,40}}?的[^，。；：\n《》]{{1,20}})(?=[，。；]|$)",
        yes=("附件所列商品的关税减让，",),
        no=("附件所列商品，",),
    ),
    anchored=True,
)
# What of the other's duty a verb suspends or ends: 暂停实施|24%的对美加征关税税率.
OF_RATE = Forms(
    Form(
        "rate",
        r"(?:其中的?|对[^，。；\n%]{1,16}的)?(?P<clause>\d[\d.]*\s?%的[^，。；：\n《]{0,20}?(?:税率|关税(?!税率)))",
        yes=("24%的对美加征关税税率", "其中24%的加征关税"),
        no=("加征关税措施",),
    ),
    anchored=True,
)
# Before a document the part of it that is left as it is.
BEFORE = Forms(
    Form(
        "but for",
        rf"(?P<clause>除(?:{_CLAUSE})(?:的?(?:规定|内容))?[以之]?外)，?\s?$",
        yes=("除第二条外，", "除第二条、第三条的规定以外"),
        no=("除外", "除第二条外，商务部"),
    )
)
# What stands between the stops of a sentence, quoted wording as one.
_PART = re.compile(r"(?:“[^”]*”|[^：；。“])+")
CHANGES = Forms(
    Form(
        "changes",
        f"{AMEND}|改为|删|增加|增列|取消",
        yes=("将“三日”修改为“两日”", "删去第十五条第二款", "改为“乙”"),
        no=("第十五条第二款规定",),
    )
)
# The line behind the last item of an amendment.
ENDS = Forms(
    Form(
        "ends",
        r"\s*(?:本(?:决定|公告|通知|令|办法)|此外|附件|特此|上述|以上|根据本决定)",
        yes=("本决定自公布之日起施行。", "特此公告"),
        no=("一、将第五条",),
    ),
    anchored=True,
)


class Clause(NamedTuple):
    text: str
    start: int
    end: int


def clause_at(text: Text | Line, start: int, end: int) -> Clause:
    """The clause that stands from `start` to `end` of a text, or of a line."""
    first = text.start if isinstance(text, Line) else 0
    return Clause(squeeze(text.raw[start:end]), first + start, first + end)


def clause_after(text: Text, end: int) -> Clause | None:
    """The clause that is named or described right behind a reference ending at `end`."""
    form = BEHIND.match(text.folded, end)
    return clause_at(text, *form.span("clause")) if form else None


def clause_described(text: Text, end: int) -> Clause | None:
    """The clause that is described behind a reference ending at `end`, up to a comma or a stop."""
    form = DESCRIBED.match(text.folded, end)
    return clause_at(text, *form.span("clause")) if form else None


def clause_before(text: Text, start: int) -> Clause | None:
    """The clause that is left as it is, right before a reference starting at `start`: 除第二条外，第1号公告废止."""
    form = BEFORE.search(text.folded, max(0, start - 60), start)
    return clause_at(text, *form.span("clause")) if form else None


def clause_of_rate(text: Text, end: int) -> Clause | None:
    """The part of a duty that the verb ending at `end` is about."""
    form = OF_RATE.match(text.folded, end)
    return clause_at(text, *form.span("clause")) if form else None


def changed_clauses(lines: tuple[Line, ...], first: int, stop: int) -> list[Clause]:
    """The clauses that the items of an amendment change, from line `first` on to offset `stop`: every
    item begins with the clause that it changes.
    """
    clauses: list[Clause] = []
    quoted = False
    for line in islice(lines, first, None):
        if line.start >= stop or ENDS.match(line.folded):
            break
        # New wording may run over several paragraphs within one pair of quotation marks.
        inside, quoted = quoted, _still_open(line.folded, quoted)
        if inside:
            continue
        marker = marker_at(line.folded)
        at = marker.end if marker else len(line.folded) - len(line.folded.lstrip())
        form = CHANGED.match(line.folded, at)
        if form is not None:
            clauses.append(clause_at(line, *form.span("clause")))
    return clauses


def clauses_on_line(line: Line, start: int) -> list[Clause]:
    """作出修改：将第九条中的“三日”修改为“两日”；删去第十五条第二款: the clauses that the rest of a line changes,
    from offset `start` on; each part begins with the one that it changes.
    """
    clauses: list[Clause] = []
    for part in _PART.finditer(line.folded, start - line.start):
        form = CHANGED.match(line.folded, part.start(), part.end())
        if form and CHANGES.search(part.group()):
            clauses.append(clause_at(line, *form.span("clause")))
    return clauses


def _still_open(folded: str, opened: bool) -> bool:
    last_open, last_close = folded.rfind("“"), folded.rfind("”")
    if last_open == last_close == -1:
        return opened
    return last_open > last_close
