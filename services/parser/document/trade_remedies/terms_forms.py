"""How notices name what a trade remedy is about: product, origins, measure (data)."""

from shared.chinese.form import Form, Forms

# Before the places of origin; 产自 stands before a company as well.
ORIGINS = Forms(
    Form("origin", "原产于|原产地为|来自", yes=("原产于美国的", "来自日本的")),
    Form("made by", "产自", yes=("产自朗盛德国有限公司",)),
)
BETWEEN = Forms(Form("and", "、|以及|和|及|与|，", yes=("美国、欧盟和新加坡",)))
# Where the product's name is over: 进口卤化丁基橡胶|反倾销调查, 进口油菜籽|进行….
PRODUCT_ENDS = Forms(
    Form(
        "measure",
        "(?:临时|最终)?反倾销|(?:临时|最终)?反补贴|反规避|保障措施|倾销|补贴|及其?损害|征税|措施|过渡性",
        yes=("反倾销调查", "及损害"),
    ),
    Form(
        "verb",
        "存在|进行|征收|加征|继续|实施|所?适用|采取|发起|提供|是否|提起|开展|作出|被|在(?!线)|时(?=[，。]|$)",
        yes=("进行调查", "所适用的", "时，"),
        no=("在线监测仪",),
    ),
    Form("mark", r"[（，。；：\n《》]", yes=("，",)),
    Form(
        "of",
        "的(?=反|倾销|补贴|初|终|期|最|临|措|案|所|税|调|存)",
        yes=("的反倾销税",),
        no=("的小轿车",),
    ),
)
# A sentence in whose 自…起 the measure begins.
BEGINS = Forms(
    Form(
        "begins",
        "征收|保证金|临时反|反倾销措施|反补贴措施|保障措施|反倾销税|反补贴税|调整|缴纳|执行|实施|适用",
        yes=("征收反倾销税", "提供相应的保证金"),
    )
)
# 倾销税 and 补贴税 are short for the duties; 反倾销反补贴 names two. The form's name is the measure.
MEASURES = Forms(
    Form("anti-dumping", "反?倾销", yes=("反倾销税", "倾销税")),
    Form("countervailing", "反?补贴", yes=("反补贴税", "补贴税")),
    Form("safeguard", "保障措施", yes=("保障措施",)),
)
# Without an origin: 关于对进口浆粕反倾销调查的裁定, 在锦纶6切片反倾销措施中.
IMPORTED = Forms(
    Form(
        "imported",
        "保障措施|进口[^，。；]{2,30}?反(?:倾销|补贴)",
        yes=("关于对进口浆粕反倾销调查的裁定",),
        no=("关于进口许可证的公告",),
    )
)
NAMED = Forms(
    Form(
        "named",
        r"(?:关于|在|对)(?P<name>[^，。；\n《》关于在对]{2,30}?)(?:反倾销|反补贴|保障)措施",
        yes=("在锦纶6切片反倾销措施中",),
    )
)
