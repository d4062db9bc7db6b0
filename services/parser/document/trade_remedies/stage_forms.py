"""By which words a notice says where a trade-remedy case stands (data). A form's name is the stage."""

from shared.chinese.acts import STOP, any_of
from shared.chinese.form import Form, Forms

REMEDY = Forms(
    Form(
        "remedy",
        "反倾销|反补贴|保障措施|反规避|价格承诺|新出口商|期[中终]复审|倾销幅度",
        yes=("关于反倾销立案的公告",),
    ),
)
_TAX = any_of("反倾销税", "反补贴税", "保障措施(?:关税|税)", "特别关税", "反倾销和反补贴税")
_MEASURE = any_of("反倾销", "反补贴", "保障", "两反")
_NEAR, _FAR = r"[^，。；\n]{0,24}?", r"[^，。；\n]{0,90}?"
# The title decides where it names the step itself.
TITLES = Forms(
    Form(
        "announced",
        r"即将到期|将(?:要)?(?:于[^，。]{1,16})?到期",
        yes=("2024年即将到期的反倾销措施",),
    ),
    Form(
        "preliminary", "初步?裁(?:定|决)|临时", yes=("反倾销调查的初步裁定的公告", "临时反补贴措施")
    ),
    Form(
        "none levied",
        rf"终止{_FAR}调查|调查{_NEAR}终止|不{any_of('采取', '实施', '征收')}",
        yes=("关于终止对原产于美国的进口高粱反倾销调查的公告",),
    ),
    Form(
        "ended",
        rf"{STOP}{_FAR}(?:措施|{_TAX})|(?:措施|{_TAX}){_NEAR}(?:终止|停止|取消|到期|届满)",
        yes=("关于终止对原产于日本的进口甲醛反倾销措施的公告", "所适用的反倾销措施终止实施的公告"),
    ),
    # What a ruling decides stands in its text.
    Form(
        "decides", "裁定|裁决|征收|加征|继续实施|继承|变更|更名|调整", yes=("期终复审裁定的公告",)
    ),
    Form(
        "initiation",
        "立案|(?:发起|启动|进行|开展)[^，。]{0,30}?(?:调查|复审)|复审(?:立案)?(?:调查)?(?:的(?:公告|通知|决定))?$",
        yes=("进行反倾销立案调查的公告", "发起反倾销期终复审调查", "反倾销期终复审的公告"),
        no=("延长反倾销调查期限的公告",),
    ),
)
# Before what is a reason for something else, or is halted: 鉴于|对…征收反倾销税，…不征收反补贴税.
ELSEWHERE = Forms(
    Form(
        "reason",
        r"(?:鉴于|由于|考虑到)[^，。；\n]*$",
        yes=("鉴于对原产于甲国的酒",),
        no=("鉴于此，",),
    ),
    # 暂停|对原产于甲国的油菜籽收取保证金
    Form(
        "halted", r"(?:暂停|中止)[^，。；\n]*$", yes=("暂停对原产于甲国的油菜籽",), no=("暂停，",)
    ),
)
# What the text decides. Of several that it does, the first counts.
DECISIONS = Forms(
    Form(
        "duty",
        rf"(?:征收|加征|调整|实施|采取){_FAR}(?<!临时)(?:{_TAX}|(?:反倾销|反补贴|保障)措施)(?!的|方法|调查|期间)",
        yes=("对原产于日本的进口甲醛征收反倾销税", "对进口食糖采取保障措施"),
        no=("征收反倾销税的方法", "采取临时反倾销措施"),
    ),
    Form(
        "duty",
        rf"适用{_NEAR}(?:{_TAX})?税率{_NEAR}(?:调整|变更|修改)(?:为|如下)|继承{_FAR}(?:税率|权利)",
        yes=(
            "所适用的反倾销税税率由8.2%调整为23.9%",
            "各公司适用的税率调整如下",
            "继承甲公司在甲醛反倾销措施中的税率",
        ),
    ),
    Form(
        "duty",
        rf"{_TAX}(?:的)?税率{_NEAR}(?:如下|见下表|为)",
        yes=("各公司的反倾销税税率如下：",),
        no=("各公司的倾销幅度如下：",),
    ),
    Form(
        "duty",
        rf"适用[^，。；\n]{{0,60}}?%的(?:{_TAX})?税率",
        yes=("单独适用5.5%的反倾销税税率",),
    ),
    Form(
        "undertaking",
        r"(?:接受|批准|同意)[^。；\n]{0,80}?价格承诺(?!申请|的申请)|决定(?:予以)?接受(?=[。，；])",
        yes=("决定接受甲公司提交的价格承诺", "提出价格承诺申请，调查机关决定接受。"),
        no=("接受甲公司的价格承诺申请",),
    ),
    Form(
        "none levied",
        rf"不(?:再)?(?:征收|采取|实施){_FAR}(?:{_TAX}|措施|关税)|终止{_FAR}调查|调查{_NEAR}(?:予以)?终止",
        yes=("决定不征收反补贴税", "终止对原产于美国的进口高粱反倾销调查", "不采取临时反倾销措施"),
    ),
    Form(
        "ended",
        rf"{STOP}{_FAR}(?:措施|{_TAX})|(?:措施|{_TAX}){_NEAR}(?:终止|停止|取消)|不再(?:对[^，。；\n]{{2,60}}?)?征收",
        yes=(
            "终止对进口纸所适用的反倾销措施",
            "反倾销措施终止实施",
            "停止征收反倾销税",
            "不再对原产于某地的淀粉征收反倾销税",
        ),
    ),
    Form(
        "deposit",
        rf"(?:提供|缴纳|交纳|收取|支付){_NEAR}保证金|保证金形式|(?:实施|采取|征收){_NEAR}临时{_MEASURE}",
        yes=("向海关提供相应的保证金", "采用保证金形式实施临时反倾销措施"),
        no=("退还保证金",),
    ),
    Form(
        "initiation",
        r"(?:进行|开展|发起|启动)[^，。；\n]{0,20}?(?:立案|复审)?调查|立案调查",
        yes=("进行反倾销立案调查", "发起期终复审调查"),
    ),
)
