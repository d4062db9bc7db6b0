"""What stands between a title and its number, in the brackets behind either, and in lists (data)."""

from shared.chinese.acts import ISSUE
from shared.chinese.aliases import CALLED
from shared.chinese.form import Form, Forms
from shared.chinese.numerals import TENS

# The type that a title ends with, of documents that are numbered by it.
ANNOUNCES = Forms(
    Form("announces", "(?P<type>公告|通告)$", yes=("关于某事的公告",), no=("关于公告的通知",))
)
# From the number to the title behind it: 商务部令2016年第3号公布的|《…》, 商务部公告2025年第1号（|《…》）.
TO_TITLE = Forms(
    Form(
        "to title",
        rf"\s?(?:（|所?{ISSUE})?的?\s?$",
        yes=("公布的", "（", "", "所发布的 "),
        no=("修改的", "，"),
    ),
    anchored=True,
)
# A bracket that points elsewhere does not number the title before it.
POINTERS = Forms(
    Form(
        "pointer",
        r"见|参照|根据|依据|按照|替代|代替|废止|修[订改正]|同时|取代",
        yes=("（详见", "（根据", "（替代"),
        no=("（商建函",),
    )
)
# All of a bracket behind a title that belongs to it.
NOTES_OF_TITLE = Forms(
    Form(
        "edition",
        r"[^，。；]{0,30}(?:版|本|稿|年|修[订正改]|修正案|试行|暂行)$",
        yes=("2021年版", "征求意见稿", "2022年修正", "试行"),
        no=("详见附件",),
    ),
    Form("alias", rf"{CALLED}.*$", yes=("以下简称《办法》",)),
    anchored=True,
)
# … and behind a number, that is the title: 商务部公告2024年第46号（关于…的公告）.
TITLES_BEHIND = Forms(
    Form(
        "title",
        rf"(?!以下|见|详见|附|含|原|已|即)(?:关于|{ISSUE}|对)?[^，。；：]{{4,120}}?"
        r"(?:公告|通告|决定|通知|办法|规定|规则|细则|条例|目录|清单|名单|裁定|意见|方案|批复|函|令|通报|名录|标准|指引|控制|管制)$",
        yes=("关于对某物项实施出口管制的公告", "公布某商品进口许可证管理目录"),
        no=("以下简称某某公告", "已废止的某某公告", "某公司"),
    ),
    anchored=True,
)
# 1.关于…的通知（商资发〔2005〕1号）: a title that a list prints without its marks …
_PRINTED = (
    r"(?P<title>(?!根据|按照|依据|为|经|现|请|各|对(?!外)|在)[^《》\n\t，。；：]{4,150}?"
    r"(?:通知|公告|决定|办法|规定|规则|细则|条例|目录|意见|方案|批复|复函|函|通报|说明|解释))"
)
ITEMS = Forms(
    Form(
        "item",
        rf"[\s\d{TENS}（）.．、]*{_PRINTED}\s?(?:（|\s)\s?$",
        yes=("1.关于某事的通知（", "（二）某某管理办法 "),
        no=("根据某某通知（", "1.关于某事的通知"),
    ),
    anchored=True,
)
# … and one behind its number, in a table.
CELLS = Forms(
    Form(
        "cell",
        rf"\t{_PRINTED}(?=\t|\n|$)",
        yes=("\t关于某事的通知\t2005", "\t某某管理办法"),
        no=("\t关于某事的通知，",),
    ),
    anchored=True,
)
# What a short name holds that the text may print without its marks: 管制条例, 两个公告.
TYPES = Forms(
    Form(
        "type",
        r"公告|通知|办法|规定|条例|决定|目录|清单|令|意见",
        yes=("管制条例", "两个公告"),
        no=("管控名单",),
    )
)
