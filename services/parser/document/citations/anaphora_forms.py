"""How a text changes documents that it has named before, by other words (data): 暂停上述公告. A form's name is
the relation.
"""

from shared.chinese.acts import APPLY, LEVY, RESUME, STOP, SUSPEND, any_of
from shared.chinese.form import Form, Forms

ABOVE_TYPES = ("公告", "通知", "办法", "决定", "规定", "令")
_ABOVE = rf"(?P<above>(?:上述|前述|该|原)(?P<type>{'|'.join(ABOVE_TYPES)}))"


def _changed(relation: str, verb: str, *yes: str) -> tuple[Form, Form]:
    """A verb before or behind 上述公告."""
    return (
        Form(relation, rf"(?P<verb>{verb}){_ABOVE}", yes=(yes[0],)),
        Form(
            relation,
            rf"{_ABOVE}[^，。；：《》]{{0,40}}?(?P<verb>{verb})(?=[。；，至到]|$)",
            yes=(yes[1],),
        ),
    )


ABOVE = Forms(
    *_changed("resumes", RESUME + APPLY, "恢复实施上述公告", "该公告自即日起恢复实施。"),
    *_changed("suspends", SUSPEND + APPLY, "暂停执行上述公告第二款", "上述公告自即日起暂停实施至"),
    *_changed("repeals", any_of("停止" + APPLY, "废止"), "停止执行上述公告", "原办法同时废止。"),
)
# A text without one of these changes nothing by other words.
ABOVE_VERBS = (RESUME, "暂停", "中止", "停止", "废止")
_PERIOD = r"(?:调查|复审)[^，。；]{0,6}期限"
PROLONGED = Forms(
    Form("extends", rf"(?P<verb>延长)[^，。；]{{0,20}}?{_PERIOD}", yes=("延长本案的调查期限",)),
    Form("extends", rf"{_PERIOD}(?P<verb>延长)", yes=("将本案的调查期限延长至",)),
)
# What the announcement did that a prolongation extends.
OPENED = Forms(
    Form("opens a case", "立案", yes=("决定立案",)),
    Form("opens a case", r"发起[^，。；]{0,20}(?:调查|复审)", yes=("发起反倾销调查",)),
    Form("opens a case", r"进行[^，。；]{0,80}(?:调查|复审)", yes=("进行期终复审",)),
)
_REMEDY = any_of("反倾销", "反补贴", "双反", "保障")
_ENDS = rf"(?:到期|期满|自动|予以|即行|均|同时|一并)*(?:(?:终止|停止|取消)(?:{APPLY}|{LEVY})?|不再(?:{APPLY}|{LEVY}))"
# The end of a duty or a measure, in a text that has named the announcement which imposed it.
ENDED = Forms(
    Form(
        "repeals",
        rf"(?:{_REMEDY}|上述|该|本案|相关)[^，。；：《》]{{0,12}}(?:措施|税|保证金)"
        rf"(?:(?!公司)[^，。；：《》]){{0,24}}?(?P<verb>{_ENDS})(?=[，。；\s]|$)",
        yes=(
            "所适用的反倾销措施终止实施。",
            "上述反倾销措施自2025年3月13日起到期终止。",
            "反补贴税停止征收。",
        ),
        no=("反倾销措施将于2025年3月13日到期。", "对甲公司的反倾销税，"),
    ),
    Form(
        "repeals",
        rf"(?P<verb>(?:终止|停止|取消|不再)(?:{APPLY}|{LEVY})?)(?!(?:(?!，|。|；).){{0,80}}(?:调查|复审|公司))"
        rf"[^，。；：《》]{{0,60}}?{_REMEDY}[^，。；：《》]{{0,6}}?(?:措施|税)",
        yes=("终止征收上述反倾销税", "终止对原产于日本的进口某酸征收反倾销税"),
        no=("终止对原产于日本的进口某酸的反倾销调查", "不再对甲公司征收反倾销税"),
    ),
    Form(
        "suspends",
        rf"(?P<verb>{SUSPEND}(?:{APPLY}|{LEVY}|收取)?)(?!(?:(?!，|。|；).){{0,80}}(?:调查|复审|公司))"
        rf"[^，。；：《》]{{0,60}}?{_REMEDY}[^，。；：《》]{{0,6}}?(?:措施|税|保证金)",
        yes=("暂停对原产于某国的进口油菜籽收取反倾销保证金", "暂停征收上述反倾销税"),
        no=("中止对甲公司的反倾销调查",),
    ),
)
ENDED_VERBS = ("终止", "停止", "取消", "不再", "暂停", "中止")
# What the announcement ordered that is ended with its measure.
IMPOSED = Forms(
    Form("imposes", rf"{LEVY}[^，。；]{{0,10}}(?:反倾销|反补贴)税", yes=("征收反倾销税",)),
    Form(
        "imposes",
        rf"(?:{APPLY}|采取)[^，。；]{{0,20}}{_REMEDY}[^，。；]{{0,6}}措施",
        yes=("实施最终保障措施", "采取反倾销措施"),
        no=("进行反倾销立案调查",),
    ),
)
# Between two announcements that impose it together.
JOINED = Forms(
    Form("joined", r"(?:公告)?\s?[、和及与]\s?(?:公告)?$", yes=("和", "公告、"), no=("，",)),
    anchored=True,
)
# The goods that a duty is on.
PRODUCT = Forms(
    Form(
        "product",
        rf"进口(?P<product>[^，。；、《》]{{1,20}}?)(?:所适用|适用|{LEVY}|{APPLY}|采取|收取|缴纳|提供|的|{_REMEDY}|{STOP}|不再|继续)",
        yes=("进口某纸所适用的反倾销措施", "进口某酸征收反倾销税", "进口某纸停止征收反倾销税"),
    )
)
