"""What of a document is extended or amended (data). The first row that stands in the words counts."""

from shared.chinese.acts import APPLY
from shared.chinese.form import Form, Forms

OBJECTS = Forms(
    Form(
        "investigation",
        r"(?:调查|复审|立案|裁定)[^，。；\n]{0,6}(?:期限|时限|时间|期)|被调查产品|(?:产品|调查)范围",
        yes=("本案的调查期限", "复审调查期", "被调查产品范围"),
        no=("调查机关",),
    ),
    Form(
        "measure",
        rf"(?:措施|反倾销税|反补贴税|关税|税率|配额)[^，。；\n]{{0,6}}(?:期限|有效期)?|(?:有效|{APPLY})期限?",
        yes=("反倾销措施的实施期限", "有效期", "加征关税"),
        no=("期限",),
    ),
)
