"""The verbs for what official documents do, one family an act.

Add a missing verb to its family, and every pattern that is built on the family knows it. The verbs
are those of the notices themselves, of 党政机关公文处理工作条例 and of the NPC's 立法技术规范（试行）, which says, for
instance, that 依照 goes with what a law prescribes and 根据 with what a law rests on.
"""


def any_of(*words: str) -> str:
    """A pattern of any of the words, each of which may itself be a pattern."""
    return f"(?:{'|'.join(words)})"


# To issue a document: 公布 and 颁布 of laws and orders, 发布 of announcements, 印发 and 下发 to bodies below, 签发.
PUBLISH = any_of("公布", "发布")
ISSUE = any_of("公布", "发布", "印发", "颁布", "下发", "签发")
# … with the words beside it: 联合发布了, 分别公布的.
ISSUED = rf"(?:联合|分别)?{ISSUE}(?:的|了)?"
# To rest on a document: 根据《对外贸易法》.
REST_ON = any_of("根据", "依据", "按照", "依照", "遵照", "参照")
# To put into practice what a document says; also behind the verbs below: 暂停实施.
APPLY = any_of("实施", "执行", "施行", "适用")
# To change the wording of a document.
AMEND = any_of("修改", "修订", "修正", "调整")
CORRECT = any_of("更正", "勘误")
# To end a document for good: what its authors do, and with what becomes of it.
ABOLISH = any_of("废止", "撤销")
REPEAL = any_of(ABOLISH, "失效")
# To end what a document does, for good or until a day that the sentence says.
STOP = any_of("停止", "终止", "取消", "解除")
# To halt what a document does, and to take it up again.
SUSPEND = any_of("暂停", "中止")
RESUME = "恢复"
# To let it go on for longer.
EXTEND = any_of("延长", "延续", "顺延", "延期")
# To put on a list, and to take off it.
LIST = any_of("增列入?", "列入", "纳入", "加入", "新增至")
DELIST = any_of("移出", "移除出?", "调出", "删除", "剔除", "去除")
# To keep goods from being traded, for ever or for a time.
FORBID = any_of("禁止", "不得", "限制", "暂停", "停止")
# To have a duty paid.
LEVY = any_of("征收", "加征")
