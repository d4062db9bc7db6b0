"""Where a trade-remedy case stands by a notice."""

import pytest

from tests.services.parser.document.documents import notice

_REPORT = "2018年4月19日，商务部发布2018年第40号公告，决定对原产于美国的进口高粱征收反倾销税，实施期限为5年。\n"
_LEVY = "自2024年4月20日起，对原产于美国的进口高粱征收反倾销税。"


@pytest.mark.parametrize(
    ("title", "text", "stage"),
    [
        ("关于对原产于美国的进口高粱进行反倾销立案调查的公告", "商务部决定立案。", "initiation"),
        (
            "关于对原产于美国的进口高粱所适用的反倾销措施发起期终复审调查的公告",
            _REPORT + "复审期间，继续按照2018年第40号公告公布的税率征收反倾销税。",
            "initiation",
        ),
        (
            "关于原产于美国的进口高粱反倾销调查初步裁定的公告",
            "自2024年4月20日起，采用保证金形式实施临时反倾销措施。",
            "deposit",
        ),
        (
            "关于原产于美国的进口高粱反倾销调查初步裁定的公告",
            "商务部决定不采取临时反倾销措施，继续进行调查。",
            "none levied",
        ),
        ("关于原产于美国的进口高粱反倾销调查最终裁定的公告", _LEVY, "duty"),
        ("关于原产于美国的进口高粱反倾销期终复审裁定的公告", _REPORT + _LEVY, "duty"),
        (
            "关于原产于美国的进口高粱反倾销期终复审裁定的公告",
            _REPORT + "如果终止反倾销措施，损害可能再度发生。\n" + _LEVY,
            "duty",
        ),
        (
            "关于原产于美国的进口高粱反补贴调查最终裁定的公告",
            "为避免双重征税，决定不征收反补贴税。",
            "none levied",
        ),
        (
            "关于终止对原产于美国的进口高粱反倾销反补贴调查的公告",
            "商务部决定终止调查。",
            "none levied",
        ),
        (
            "关于终止对原产于美国的进口高粱反倾销措施的公告",
            _REPORT + "自2024年4月20日起终止。",
            "ended",
        ),
        ("关于对原产于美国的进口高粱所适用的反倾销措施终止实施的公告", _REPORT, "ended"),
        (
            "关于原产于美国的进口高粱反倾销调查的公告",
            "商务部决定接受甲公司提交的价格承诺协议。",
            "undertaking",
        ),
        ("关于对进口食糖采取保障措施的公告", "商务部决定对进口食糖采取保障措施。", "duty"),
        (
            "关于对产自甲公司的进口高粱期中复审裁定的公告",
            "将甲公司所适用的反倾销税税率由8.2%调整为23.9%。",
            "duty",
        ),
        (
            "关于原产于美国的进口高粱反倾销期中复审裁定的公告",
            "将甲公司所适用的反倾销税税率由8.2%调整为23.9%。",
            "duty",
        ),
        (
            "商务部公告2004年第1号",
            "自2024年4月20日起，对原产于俄罗斯的进口苯酚征收反倾销税。",
            "duty",
        ),
        ("关于延长对原产于美国的进口高粱反倾销调查期限的公告", "将调查期限延长6个月。", None),
        ("2024年即将到期的反倾销措施的公告", _REPORT + "如未提出申请，将终止。", None),
        ("关于调整部分进口商品适用税率等有关事项的公告", _LEVY, None),
        ("关于调整关税的公告", "自2024年4月20日起，对进口小麦征收关税。", None),
    ],
)
def test_stage(title: str, text: str, stage: str | None) -> None:
    document = notice(title, text + "\n商务部\n2024年4月19日")
    assert document.remedy.stage == stage
    assert (document.remedy.words is None) == (stage is None)


def test_a_price_undertaking_beside_a_duty_is_doubt() -> None:
    document = notice(
        "关于原产于美国的进口高粱反倾销调查最终裁定的公告",
        _LEVY + "\n商务部决定接受甲公司提交的价格承诺。\n商务部\n2024年4月19日",
    )
    assert document.remedy.stage == "duty"
    assert document.remedy.warnings == ("remedy_stage: a price undertaking is accepted as well",)
