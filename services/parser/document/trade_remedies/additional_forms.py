"""How notices levy duties on top of those of the tariff (data)."""

from shared.chinese.acts import AMEND, any_of
from shared.chinese.form import Form, Forms
from shared.chinese.places import PLACE

_RATE = r"(?P<rate>\d{1,3}(?:[.]\d{1,2})?)\s?%"
_TAX = r"(?:的)?(?:从价)?(?:进口)?关税"
_ON_TOP = r"(?:在[^。；，\n]{0,40}?基础上，?)?(?:再|继续|统一|分别|均|一律|额外)*"
# What is levied no longer has its verb before: 暂停|对原产于美国的汽车加征25%关税.
_NOT_ENDED = "(?<!暂停|中止|停止|终止|取消|解除)"
_TO = any_of("提高", AMEND, "降低", "下调", "上调")
# A notice on them, by its title or its first words.
LEVIES = Forms(
    Form(
        "additional",
        r"加征(?:\d[\d.]*\s?%的?)?(?:进口)?关税",
        yes=("关于对原产于美国的进口商品加征关税的公告", "对大豆加征10%关税"),
        no=("关于征收反倾销税的公告",),
    )
)
ADDED = Forms(
    Form(
        "on goods",
        rf"{_NOT_ENDED}对(?P<goods>[^。；：\n%对]{{2,300}}?)，?{_ON_TOP}(?P<verb>加征)\s?{_RATE}{_TAX}",
        yes=(
            "对菜子油、油渣饼、豌豆加征100%关税",
            "对原产于美国的所有进口商品，在现行适用关税税率基础上加征34%关税",
            "对附件1所列商品加征10%的关税",
        ),
        no=("对附件1所列商品继续不加征关税", "暂停对原产于美国的汽车加征25%关税"),
    ),
    Form(
        "on goods",
        rf"{_NOT_ENDED}对(?P<goods>[^。；：\n%对]{{2,300}}?)，?(?P<verb>加征)(?:的)?关税，?(?:加征)?(?:的)?(?:关税)?税率(?:为|均为|是){_RATE}",
        yes=("对附件2所列商品加征关税，税率为25%", "对该商品加征关税的税率为15%"),
    ),
    Form(
        "changed",
        rf"(?P<verb>加征)(?:的)?关税(?:的)?税率，?由\d[\d.]*\s?%{_TO}(?:至|为|到){_RATE}(?!，(?:其中，?)?在[^。；\n]{{0,16}}暂停)",
        yes=("加征关税税率，由34%提高至84%", "加征关税税率由84%提高至125%"),
        no=("加征关税税率，由34%调整为10%，在90天内暂停实施24%的对美加征关税税率",),
    ),
)
# 原产于美国的|所有进口商品: the origin is said beside them.
GOODS = Forms(
    Form(
        "of an origin",
        rf"(?:原产于|原产地为|产自|来自)(?P<origin>{PLACE})的(?P<goods>.{{2,}})$",
        yes=("原产于美国的所有进口商品",),
    ),
    anchored=True,
)
OF_TITLE = Forms(
    Form(
        "of the title",
        r"的(?P<goods>(?:所有|全部|部分)?(?:进口)?(?:商品|货物|产品))加征",
        yes=("关于调整对原产于美国的进口商品加征关税措施的公告",),
    )
)
