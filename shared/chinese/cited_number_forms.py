"""How running text words the numbers that it cites, and what stands beside them (data)."""

from shared.chinese.acts import ISSUE, ISSUED
from shared.chinese.aliases import CALLED as _CALLED
from shared.chinese.dates import DATE, DAY, YEAR
from shared.chinese.document_numbers import SERIAL, TYPE
from shared.chinese.form import Form, Forms

_AND = r"(?:、|，|以及|和|及|与|或)"
_TO = r"(?:至|到|—|-|~)"
_NEXT = rf"(?:\s?号)?\s?{TYPE}?\s?(?:{_AND}|{_TO})\s?(?:{YEAR}\s?年\s?)?第?\s?{SERIAL}"
# (Python is fast at finding a pattern that begins with a literal: the year is matched backwards.)
LISTS = Forms(
    Form(
        "list",
        rf"年\s?(?P<serials>第\s?{SERIAL}(?:{_NEXT}){{1,40}})\s?号\s?(?P<after>{TYPE})?",
        yes=(
            "2025年第55、56、57号公告",
            "公告2025年第55、56号",
            "2014年第8号和第9号公告",
            "2025年第55至58号公告",
        ),
        no=("2025年第55号公告",),
    )
)
# Before 年 of a list.
OF_YEAR = Forms(
    Form(
        "year",
        rf"(?P<before>{TYPE})?\s?(?P<year>{YEAR})\s?$",
        yes=("公告2025", "商务部2014 "),
        no=("2025年",),
    )
)
# The year is that of the day of publication.
DATED_LISTS = Forms(
    Form(
        "list",
        rf"布了?\s?(?P<of_year>年度)?(?P<serials>第\s?{SERIAL}(?:{_NEXT}){{0,9}})\s?号\s?(?P<after>公告)",
        yes=(
            "于2025年4月4日和9日分别发布了第21号和22号公告",
            "2020年5月30日，商务部发布年度第15号公告",
        ),
        no=("发布第21号令",),
    )
)
# One number of a list, and the mark behind it.
MEMBERS = Forms(
    Form(
        "member",
        rf"(?:(?P<year>{YEAR})\s?年\s?)?第?\s?(?P<serial>{SERIAL})(?=\s?号|\s?{_AND}|\s?{_TO}|$)",
        yes=("第55号", "56、57", "2024年第3号", "58"),
        no=("第55项",),
    ),
    anchored=True,
)
MARKS = Forms(Form("mark", r"\s?号", yes=("号", " 号"), no=("、",)), anchored=True)
# From the first number of a range to the last: 第21|号至|第23号.
UP_TO = Forms(
    Form("up to", rf"\s?号?\s?{_TO}\s?$", yes=("号至", "-", " 到 "), no=("、", "至少")),
    anchored=True,
)
# A further number behind one.
MORE = Forms(
    Form(
        "more",
        rf"\s?(?:（[^（）\n]{{2,60}}）)?\s?(?:(?P<and>{_AND})|{_TO})\s?"
        rf"(?:(?P<year>{YEAR})\s?年\s?|〔(?P<bracketed_year>{YEAR})〕\s?)?(?P<ordinal>第)?\s?(?P<serial>{SERIAL})"
        rf"\s?号(?P<type>{TYPE})?(?!\s?[楼院室馆门路街])",
        yes=("、第56号", "、〔2022〕5号", "（关于某事）和2024年第3号公告", "至第58号"),
        no=("、56号楼",),
    )
)
# The year before the issuer or the type: 2004年|商务部令第27号.
YEAR_BEFORE = Forms(
    Form("year", rf"(?P<year>{YEAR})\s?年\s?$", yes=("根据2004年",), no=("2004年1月",))
)
# Up to a number: that somebody publishes it as an announcement, …
ISSUES_ANNOUNCEMENT = Forms(
    Form("issues", rf"{ISSUED}公告（\s?$", yes=("商务部于4月9日发布公告（",), no=("公告（",))
)
# … on a day: 商务部|于2013年6月27日发布|2013年第36号公告, …
ON_A_DAY = Forms(
    Form(
        "on a day",
        rf"(?:(?:于|在)\s?{DAY}(?:\s?{_AND}\s?(?:{DAY}|\d{{1,2}}日))?\s?)?{ISSUED}\s?$",
        yes=("于2013年6月27日发布", "于4月4日和9日分别发布", "发布"),
        no=("于2013年6月27日",),
    )
)
# 不可靠实体清单工作机制|2025年4月4日|公告（〔2025〕7号）、4月9日公告（〔2025〕8号）
OF_DAY = Forms(
    Form(
        "of a day",
        rf"{DAY}(?:的|{ISSUE}的?)?\s?$",
        yes=("2025年4月4日", "4月4日发布的"),
        no=("4月4日起",),
    )
)
# … with words between the body and the verb: 商务部|分别于4月4日、9日|发布.
PUBLISHES = Forms(
    Form(
        "between",
        r"(?:分别|于|在|[，、和]|\d|年|月|日|联合|\s)*$",
        yes=("商务部分别于4月4日、9日", "商务部"),
    )
)
# … and that it is the ministry's own, or that others join it.
OURS = Forms(
    Form(
        "ours",
        rf"(?:我部|本部)(?:于[^，。；\n]{{4,14}})?{ISSUE}?的?\s?$",
        yes=("根据我部", "本部于2020年1月1日发布的"),
        no=("我部决定",),
    )
)
WITH = Forms(Form("with", r"会同\s?$", yes=("商务部会同",), no=("会同有关部门",)))
# From the number before, which gives its issuer.
JOINED = Forms(
    Form(
        "joined",
        rf"\s?）?\s?{_AND}?\s?(?:{DAY}的?)?\s?$",
        yes=("、", "）和", "，4月9日的", ""),
        no=("，决定废止",),
    ),
    anchored=True,
)
# A body's own short name: 商务部（以下简称商务部）|发布, 商务部（以下称调查机关）.
CALLED = Forms(
    Form(
        "called",
        rf"（{_CALLED}[^（）]{{1,30}}）\s?$",
        yes=("中华人民共和国商务部（以下简称商务部）",),
        no=("（以下简称商务部）发布",),
    )
)
CALLS = Forms(
    Form(
        "calls",
        rf"（{_CALLED}[“\"]?(?P<alias>[^（）“”\"，]{{2,10}})[”\"]?）",
        yes=("商务部（以下称调查机关）", "（以下简称“商务部”）"),
        no=("（以下简称商务部，联系人某某）",),
    )
)
# The day beside an order that is printed without its year.
DAY_BEFORE = Forms(
    Form(
        "day",
        rf"(?:{DATE})，?\s?(?:由|以|经)?\s?$",
        yes=("2020年9月19日", "于2020年9月19日以", "一九九五年四月四日 "),
        no=("2020年9月19日起",),
    )
)
DAY_BEHIND = Forms(
    Form(
        "day",
        rf"\s?[，、（]?\s?(?:于|自)?(?:{DATE})\s?(?:{ISSUED}|）)",
        yes=("，1995年4月4日发布", "（1995年4月4日）"),
        no=("，1995年4月4日起",),
    ),
    anchored=True,
)
