"""A duty that goes on by an earlier notice's rates: 继续按照商务部2018年第40号公告公布的税率征收反倾销税.

A notice that has the duties of another levied for longer extends it, although the words of 按照 alone
would make it a basis: an expiry review while it lasts (期终复审), and the ruling that ends one.
"""

from datetime import timedelta

from services.parser.document.citations.cited import Cited
from services.parser.document.document import Document
from shared.chinese.acts import APPLY, LEVY, REST_ON
from shared.chinese.dates import DATE, find_dates, midnight
from shared.chinese.form import Form, Forms
from shared.chinese.moods import is_done
from shared.chinese.periods import Period, term
from shared.chinese.references.reference import Reference
from shared.chinese.sentences import sentence_at
from shared.chinese.text import Passage

# Up to the reference …
GOES_ON = Forms(
    Form(
        "goes on",
        rf"(?P<verb>继续)(?:[^，。；\n]{{0,12}})?(?:{REST_ON}|按|{APPLY})[^，。；\n]{{0,24}}$",
        yes=("继续按照", "继续执行商务部"),
        no=("继续按照规定，",),
    ),
    Form(
        "same",
        rf"(?P<verb>税率)[^，。；\n]{{0,16}}(?:与|同|{REST_ON}|按)[^，。；\n]{{0,16}}$",
        yes=("反倾销税税率与", "各公司的税率按照"),
        no=("税率为",),
    ),
)
# … and behind it.
BEHIND = Forms(
    Form(
        "levied",
        rf"[^。；\n]{{0,60}}?(?P<measure>{LEVY}[^，。；\n]{{0,12}}税)",
        yes=("公布的征税产品范围和税率征收反倾销税",),
    ),
    Form(
        "same",
        r"[^。；\n]{0,40}?(?P<verb>相同|一致|不变|执行)",
        yes=("的规定相同", "公布的税率执行"),
    ),
    anchored=True,
)
# By when a review is over: 应于2024年8月20日前结束.
REVIEW_ENDS = Forms(
    Form(
        "ends",
        rf"(?:应当?|拟)?(?:于|在)(?P<before>{DATE})(?:之)?前(?:完成|结束)",
        yes=("应于2024年8月20日前结束", "应在2024年8月20日前完成"),
        no=("于2024年8月20日前提交",),
    )
)
# 反倾销条例 第五十条: 复审期限自决定复审开始之日起，不超过12个月.
_REVIEW = Period(months=12)


def goes_on(document: Document, reference: Reference, cited: Cited) -> None:
    """Make `cited` an extension where the body has a duty levied by what the reference names: from the
    day of effect to the last day of this notice; while a review lasts, for the twelve months that
    it may take.
    """
    if cited.relation not in ("basis", "mentions"):
        return
    folded = document.body.folded
    here = sentence_at(folded, reference.start)
    before = GOES_ON.search(folded, here.start, reference.start)
    behind = BEHIND.match(folded, reference.end, here.end)
    if before is None or behind is None:
        return
    if (before.name == "same") != (behind.name == "same"):
        return
    if not is_done(folded, *before.span("verb")):
        return
    cited.relation, cited.object, cited.mood = "extends", "measure", "asserted"
    cited.words.pop("mood", None)
    # 税率与…的规定相同 says so by 相同.
    verb = behind.span("verb") if before.name == "same" else before.span("verb")
    measure = before.span("verb") if before.name == "same" else behind.span("measure")
    cited.words["object"] = [Passage(document.body, *measure)]
    cited.words["relation"] = [Passage(document.body, *verb)]
    effect = document.effect
    day = effect.on or document.issued_on
    if day is None:
        cited.doubts["since"] = "the text names no start"
        return
    cited.since = midnight(day)
    if effect.span and effect.on:
        cited.words["since"] = [Passage(document.body, *effect.span)]
    else:
        cited.doubts["since"] = "the day of issue"
    own = [end for end in document.ends if end.last_day == document.last_day]
    is_review = "复审" in document.title.folded
    ends = REVIEW_ENDS.search(folded, 0, document.main_end) if is_review else None
    days = find_dates(folded, *ends.span("before")) if ends else []
    if own:
        cited.until = midnight(own[0].last_day + timedelta(days=1))
        cited.words["until"] = [own[0].words]
    elif ends and days:
        cited.until = midnight(days[0].value)
        cited.words["until"] = [Passage(document.body, ends.start, ends.end)]
    elif is_review and (longest := term(cited.since, _REVIEW)):
        cited.until = longest.until
        cited.doubts["until"] = "twelve months, the longest that a review lasts"
    else:
        cited.doubts["until"] = "the text names no end"
