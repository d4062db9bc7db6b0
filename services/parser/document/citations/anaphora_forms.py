"""How a text changes documents that it has named before, by other words (data): 暂停上述公告. A form's name is
the relation.
"""

from shared.chinese.acts import APPLY, RESUME, SUSPEND, any_of
from shared.chinese.form import Form, Forms

_ABOVE = "(?P<above>(?:上述|前述|该|原)(?P<type>公告|通知|办法|决定|规定|令))"


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
