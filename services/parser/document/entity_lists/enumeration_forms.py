"""The words between and round the names that a sentence strings together (data)."""

from services.parser.document.names import CJK
from shared.chinese.characters import HAN
from shared.chinese.form import Form, Forms
from shared.chinese.numerals import NUMERAL
from shared.chinese.places import PLACE
from shared.chinese.sentences import FULL_STOPS

COUNTED = rf"(?:\d{{1,4}}|{NUMERAL}{{1,4}}|两)\s?[家名个位]"
# Behind the last name.
TAIL = Forms(
    Form(
        "and others",
        rf"等(?:[^、]{{0,60}}?{COUNTED}|[^、]{{0,60}}?(?:列明|所列|实体|企业|公司|个人|人员|组织|机构))?[^、]{{0,40}}$",
        yes=(
            "甲公司等6家实体",
            "等无法核实最终用户的20家日本实体",
            "等后附《反制清单》列明的企业",
        ),
    ),
    Form(
        "so many",
        rf"{COUNTED}[^、（）和及]{{0,16}}$",
        yes=("两家银行", "三家公司"),
        no=("家具公司",),
    ),
)
NOBODY = Forms(
    Form(
        "those below",
        "(?:以下|下列|如下|附件|后附|见附件|有关|相关|上述)[^、（]*$",
        yes=("下列3家企业", "附件所列实体"),
        no=("下列甲公司、乙公司",),
    ),
    Form("so many", rf"{COUNTED}[^、（]{{0,30}}$", yes=("两家企业",)),
    Form(
        "so many of a country",
        rf"[^、（和A-Za-z]{{0,12}}(?:等国)?{COUNTED}[^、（]{{0,20}}$",
        yes=("美国28家实体",),
        no=("Alfa和Beta两家公司",),
    ),
    Form(
        "some",
        rf"{PLACE}?(?:有关|相关|军工|部分)*(?:企业|实体|机构|人员|个人|及|和|与|高级管理)+$",
        yes=("美国有关企业", "企业和高级管理人员"),
        no=("甲公司",),
    ),
    anchored=True,
)
# Those of whom a rule speaks: no names.
CLASSES = Forms(
    Form(
        "class",
        "(?:该|其|外国|境外|有关|相关|上述|前述|前款|所列|部分|一家|的)*"
        "(?:进口商|最终用户|出口经营者|经营者|实体|企业|组织|个人|机构|公司|子公司|当事人|人员|国家|地区)$",
        yes=("有关外国实体", "最终用户", "进口商"),
        no=("甲公司", "国际组织甲"),
    ),
    # 暂停4月4日公告（…）11家实体的措施
    Form(
        "document",
        r"[^（“]*(?:公告|通知|决定|令|号)$",
        yes=("4月4日公告", "商务部公告2025年第21号"),
        no=("公告公司",),
    ),
    Form(
        "described",
        r"[^（“]*(?:列入|移出|清单|名单|情形|规定|措施|下列|以下|如下|应当|可以|决定|禁止)",
        yes=("列入反制清单组织的子公司", "有前款规定情形的进口商"),
        no=("甲公司",),
    ),
    anchored=True,
)
# Between two names. A comma is one only where a bracket follows.
SEPARATOR = Forms(
    Form(
        "and",
        r"[、；]|和|与|以及(?!其)|及(?!其)|，(?=[^）]*（)",
        yes=("、", "和乙公司", "及", "，乙公司（B）"),
        no=("及其子公司", "，地址）"),
    ),
    anchored=True,
)
# Behind the list, where the sentence goes on with the names: 将以下2家企业列入不可靠实体清单：|甲公司（Alpha Inc.）；乙公司.
BEHIND_LIST = Forms(
    Form(
        "behind",
        rf"[”》]?(?:，[^，。；：\n]{{0,16}})?：(?P<names>[^。：\n]{{2,2000}}?)(?=[{FULL_STOPS}\n]|$)",
        yes=("：甲公司（Alpha Inc.）；乙公司（Beta LLC）。",),
        no=("。甲公司",),
    ),
    anchored=True,
)
COUNTRY = Forms(Form("country", PLACE, yes=("美国PVH集团",), no=("甲公司",)), anchored=True)
# How a country's name would stand in the foreign name, were it part of the name.
IN_LATIN = Forms(
    Form("美国", r"America|United States|\bU\.?S", yes=("American Photonics",), no=("Photonics",)),
    Form("日本", r"(?i:Japan|Nippon|Nihon)", yes=("NIPPON Steel",)),
    Form("加拿大", r"Canad", yes=("Canadian Labs",)),
)
# Behind a place in a title: 关于对某地|两家金融机构采取….
BEHIND_PLACE = Forms(
    Form(
        "counted",
        rf"的?(?:{COUNTED}|企业|实体|公司)",
        yes=("两家金融机构", "的企业"),
        no=("采取措施",),
    ),
    anchored=True,
)
# Up to a name in Latin letters: no part of it.
OF_PLACE = Forms(
    Form(
        "place",
        rf"(?:{PLACE}|某[{HAN}]{{1,2}})(?:的|籍)?(?:企业|公司|银行|金融机构|机构|实体)?$",
        yes=("立陶宛", "美国企业", "某地"),
        no=("甲公司",),
    ),
    anchored=True,
)
# A name in Latin letters right behind Chinese ones.
TWO_SCRIPTS = Forms(
    Form(
        "two",
        rf"(?P<zh>[{CJK}]{{1,12}})(?P<latin>[^\W\d_{CJK}][^{CJK}]+)$",
        yes=("立陶宛UAB Alfa Bankas", "甲公司Alpha Inc."),
        no=("BRINC无人机公司", "Group W公司"),
    ),
    anchored=True,
)
# What is said of one before the name: 参与对台湾地区军售的|甲公司.
DESCRIBED = Forms(
    Form(
        "described",
        r"[^（“]*(?:的)(?=[^（])",
        yes=("参与对台湾地区军售的甲公司",),
        no=("甲公司（的）",),
    ),
    anchored=True,
)
