"""The words of a title that say whose words the page prints (data)."""

from shared.chinese.body_forms import ABROAD_ENDS, ENDS
from shared.chinese.characters import HAN
from shared.chinese.form import Form, Forms
from shared.chinese.places import OTHER_SIDE, PLACE

_ROLE = r"(?:新闻)?(?:发言人|负责人|负责同志|有关负责人|部长|副部长|司长|局长|署长|主任|领导)"
# Who answers: 商务部|新闻发言人就…答记者问.
ANSWERS = Forms(
    Form(
        "answers",
        rf"^\s?(?:关于)?(?P<who>[^，。；：《》（）]{{0,24}}?)(?:有关|相关)?(?:司局|部门)?{_ROLE}(?=[{HAN}]{{0,4}}(?:就|解读|谈|答|回应|介绍|在|关于)|[：，])",
        yes=("商务部新闻发言人就有关问题答记者问", "商务部产业司负责人就某事答记者问"),
    ),
    Form(
        "answers",
        r"^\s?(?:关于)?(?P<who>[^，。；：《》（）]{0,16}?)(?:就|解读)[^，。]{0,80}(?:答记者问|答问|问答)",
        yes=("商务部就某事答记者问", "就有关问题答记者问"),
    ),
)
# At the start of the title of a page without issuers: that it is another's.
SOMEONE_ELSE = Forms(
    Form(
        "another state",
        rf"(?P<who>(?:{PLACE}|{OTHER_SIDE})[{HAN}]{{0,12}}?(?:{ABROAD_ENDS}|总统))",
        yes=("美国商务部关于修改出口管制条例的公告",),
        no=("对原产于美国的进口商品加征关税的公告",),
    ),
    Form(
        "of a place",
        rf"(?P<who>[{HAN}]{{1,12}}?(?:省|市|县|区|州|旗)[{HAN}]{{0,12}}?(?:{ENDS}|办公室|政府))(?=关于|公告|通知|印发|转发)",
        yes=("甲县商务局关于废止有关文件的通知",),
        no=("关于自贸区管理办法的通知",),
    ),
    Form(
        "company",
        r"(?P<who>[^，。；：《》]{1,30}?(?:公司|集团|协会|商会|学会|大学|学院|研究院|研究所|中心|律师事务所))(?=关于|公告|通知|声明|发布)",
        yes=("某某股份有限公司公告", "某协会关于废止有关文件的通知"),
        no=("关于某公司的公告",),
    ),
    anchored=True,
)
