"""Items of control notices: nested lines, tables, sentences."""

from pathlib import Path

import pytest

from services.parser.document.controlled_items.read import read
from services.parser.document.document import Document, Reading
from services.parser.parse import parse
from shared.notice import RegulatedItem
from tests.services.parser.document.documents import check_evidence, notice, quotes

_SEEDS = Path(__file__).parents[5] / "seeds/pages"
_HEAD = "【发布文号】商务部 海关总署公告2025年第10号\n经国务院批准，决定对下列物项实施出口管制：\n"
_FOOT = "\n本公告自公布之日起正式实施。\n商务部\n海关总署\n2025年2月4日"


def verbatim(value: RegulatedItem) -> dict[str, object]:
    codes = {f"hs_codes[{place}].code": one.code for place, one in enumerate(value.hs_codes)}
    return {"name": value.name, "destination": value.destination, **codes}


def read_checked(document: Document) -> Reading[tuple[RegulatedItem, ...]]:
    reading = read(document)
    check_evidence(document, reading, verbatim)
    return reading


def short(reading: Reading[tuple[RegulatedItem, ...]]) -> list[tuple[str | None, str, list[str]]]:
    return [
        (one.control_code, one.name, [code.code for code in one.hs_codes]) for one in reading.value
    ]


def test_nested_items_inherit_their_code() -> None:
    document = notice(
        "公布对钨、碲相关物项实施出口管制的决定",
        _HEAD
        + "一、与钨相关物项\n（一）1C117.d.钨相关材料：\n1.仲钨酸铵（参考海关商品编号：2841801000）；\n"
        "2.氧化钨（参考海关商品编号：2825901200、2825901910）；\n"
        "（二）1C117.c.具有下列所有特性的固体钨：\n1.具有下列任一特性的固体钨：\n"
        "a.含量大于等于97%，且非1C226项下管制的钨合金（参考海关商品编号：8101940001）；\n"
        "2.可机械加工成下列任一产品：\na.直径大于等于120毫米的圆柱体；\nb.内径大于等于65毫米的管。\n"
        "（三）1C004.钨镍铁合金，具有下列所有特性（参考海关商品编号：8101940001）：\n1.密度大于17.5g/cm3；\n2.弹性极限超过800MPa。\n"
        "（四）1E001、1E101.b.生产1C004、1C117.c项物项的技术及资料。\n二、6C002.a.金属碲（参考海关商品编号：2804500001）。\n"
        "三、出口经营者出口上述物项，应当申请许可。" + _FOOT,
    )
    reading = read_checked(document)
    assert short(reading) == [
        ("1C117.d", "仲钨酸铵", ["2841801000"]),
        ("1C117.d", "氧化钨", ["2825901200", "2825901910"]),
        ("1C117.c", "含量大于等于97%，且非1C226项下管制的钨合金", ["8101940001"]),
        ("1C004", "钨镍铁合金，具有下列所有特性", ["8101940001"]),
        ("1E001", "生产1C004、1C117.c项物项的技术及资料", []),
        ("1E101.b", "生产1C004、1C117.c项物项的技术及资料", []),
        ("6C002.a", "金属碲", ["2804500001"]),
    ]
    assert {code.role for one in reading.value for code in one.hs_codes} == {"reference"}
    assert {one.direction for one in reading.value} == {"export"}
    assert {one.destination for one in reading.value} == {None}
    assert reading.warnings == ()
    # The code that a line inherits is shown where it is printed.
    found = quotes(document, reading)
    assert found["regulated_items[1].control_code"] == "1C117.d"
    assert found["regulated_items[1].hs_codes[0].role"] == "参考海关商品编号"


def test_items_without_control_codes() -> None:
    reading = read_checked(
        notice(
            "关于对锑等物项实施出口管制的公告",
            "一、满足以下特性的物项，未经许可，不得出口：\n（一）锑相关物项。\n"
            "1.锑矿及原料，包括但不限于块、粉末等形态。（参考海关商品编号：2617101000、2617109001）\n2.金锑冶炼分离技术。\n"
            "（二）高纯度（纯度＞99.9%）的石墨（参考海关商品编号：3801100030）。\n"
            "二、出口经营者应当提交下列文件：\n（一）出口合同；\n（二）最终用户证明。" + _FOOT,
        )
    )
    assert short(reading) == [
        (None, "锑矿及原料，包括但不限于块、粉末等形态", ["2617101000", "2617109001"]),
        (None, "金锑冶炼分离技术", []),
        (None, "高纯度（纯度＞99.9%）的石墨", ["3801100030"]),
    ]


def test_catalogue_by_customs_code_is_the_scope() -> None:
    reading = read_checked(
        notice(
            "2018年出口许可证管理货物目录",
            "<p>现公布《2018年出口许可证管理货物目录》。</p><p>商务部</p><p>2017年12月20日</p><p>附件</p><p>目录</p>"
            "<table><tr><th>序号</th><th>货物种类</th><th>海关商品编号</th><th>货物名称</th></tr>"
            "<tr><td rowspan=2>1</td><td rowspan=2>活牛</td><td>0102210000</td><td>改良种用家牛</td></tr>"
            "<tr><td>0102290000</td><td>非改良种用家牛</td></tr>"
            "<tr><td>2</td><td>小麦</td><td>1001110001<br>1001190001</td><td>硬粒小麦</td></tr></table>",
        )
    )
    assert short(reading) == [
        (None, "改良种用家牛", ["0102210000"]),
        (None, "非改良种用家牛", ["0102290000"]),
        (None, "硬粒小麦", ["1001110001", "1001190001"]),
    ]
    assert {code.role for one in reading.value for code in one.hs_codes} == {"scope"}


def test_rows_below_one_name_are_one_item() -> None:
    document = notice(
        "两用物项和技术进出口许可证管理目录",
        "<p>公布目录</p><table><tr><th>商品名称</th><th>描述</th><th>两用物项出口管制编码</th><th>参考海关商品编号</th></tr>"
        "<tr><td rowspan=2>钨酸铵</td><td>x</td><td rowspan=2>1C117.d</td><td>2841.80.10.00</td></tr>"
        "<tr><td>y</td><td>2841809000</td></tr></table><p>商务部</p><p>2024年12月31日</p>",
    )
    reading = read(document)
    assert short(reading) == [("1C117.d", "钨酸铵", ["2841801000", "2841809000"])]
    assert reading.value[0].hs_codes[0].role == "reference"
    # A catalogue of imports and exports says of no item which of the two.
    assert reading.value[0].direction is None
    assert reading.warnings != ()


def test_destination_of_the_title() -> None:
    reading = read_checked(
        notice(
            "公布加强无人机相关两用物项对美国出口管制",
            "决定加强无人机相关两用物项对美国出口管制。\n一、9A012.a 无人驾驶航空飞行器（参考海关商品编号：8806100010）。"
            + _FOOT,
        )
    )
    (item,) = reading.value
    assert (item.control_code, item.direction, item.destination) == ("9A012.a", "export", "美国")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("禁止两用物项对美国军事用户或军事用途出口。", [("两用物项", "export", "美国")]),
        (
            "禁止所有两用物项对日本军事用户、军事用途，以及一切有助于提升日本军事实力的其他最终用户用途出口。",
            [("两用物项", "export", "日本")],
        ),
        (
            "原则上不予许可镓、锗相关两用物项对美国出口；对石墨两用物项对美国出口，实施更严格的审查。",
            [("镓、锗相关两用物项", "export", "美国"), ("石墨两用物项", "export", "美国")],
        ),
        ("自即日起，暂停对台湾地区出口天然砂。", [("天然砂", "export", "台湾地区")]),
        ("全面禁止自朝鲜进口海产品。", [("海产品", "import", "朝鲜")]),
    ],
)
def test_sentences(sentence: str, expected: list[tuple[str, str, str | None]]) -> None:
    reading = read_checked(notice("公告", "关于出口管制。\n" + sentence + _FOOT))
    assert [(one.name, one.direction, one.destination) for one in reading.value] == expected


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("关于原产于美国的进口高粱反倾销立案的公告", "许可证管理\n该产品归在税则号列：10079000。"),
        (
            "公布暂停实施公告2025年第55号的决定",
            "暂停实施下列公告：\n一、第55号（公布对2C902实施出口管制的决定）。",
        ),
        ("关于举办培训的通知", "一、2C902培训。\n二、税则号列：10079000。"),
        ("公布对物项实施出口管制的决定", "对物项实施出口管制，清单见附件。"),
    ],
)
def test_what_regulates_nothing(title: str, text: str) -> None:
    assert read(notice(title, text + _FOOT)).value == ()


@pytest.mark.parametrize(
    ("page", "count", "first", "last"),
    [
        ("2023-export-control-gallium-germanium", 7, (None, "金属镓（单质）"), (None, "四氯化锗")),
        ("2024-announcement-46", 3, (None, "两用物项"), (None, "石墨两用物项")),
        (
            "2025-announcement-55",
            6,
            ("2C902.a", "平均粒径小于等于50微米的人造金刚石微粉"),
            ("2E902", "用于生产2B902所控设备的工艺技术"),
        ),
        ("2025-announcement-56", 6, ("2B903.a", "离心萃取设备"), ("1C914.b", None)),
        ("2025-announcement-57", 10, ("1C909.a", None), ("1C913.b", "氧化镱及含氧化镱的混合物")),
        ("2025-announcement-58", 11, ("3A901.a", None), ("3C901.b.2", None)),
        ("2025-announcement-62", 2, ("1E902.a", None), ("1E902.b", None)),
        ("2025-announcement-70", 0, None, None),
        ("2025-antidumping-canola-seed", 0, None, None),
        ("2022-announcement-grain-quota", 0, None, None),
    ],
)
def test_seed_pages(
    page: str,
    count: int,
    first: tuple[str | None, str | None] | None,
    last: tuple[str | None, str | None] | None,
) -> None:
    items = parse(
        (_SEEDS / f"{page}.html").read_bytes(), "http://www.mofcom.gov.cn/"
    ).regulated_items
    assert len(items) == count
    for place, expected in ((0, first), (-1, last)):
        if expected is not None:
            assert items[place].control_code == expected[0]
            assert expected[1] is None or items[place].name == expected[1]


def test_what_is_left_out_is_not_regulated() -> None:
    document = notice(
        "关于对部分无人机实施出口管制的公告",
        "决定实施出口管制：\n一、未经许可不得出口：\n（一）甲无人机（参考海关商品编号：8806221012）\n"
        "二、除乙管制物项（参考海关商品编号：8806221011、8806231011）外，其他民用无人机禁止用于军事目的出口。"
        "\n商务部\n2023年7月31日",
    )
    reading = read_checked(document)
    assert [(one.name, one.measure, one.condition) for one in reading.value] == [
        ("甲无人机", "licence", None),
        ("民用无人机", "ban", "用于军事目的"),
    ]


def whole(reading: Reading[tuple[RegulatedItem, ...]]) -> list[tuple[object, ...]]:
    return [
        (
            one.name,
            one.direction,
            one.destination,
            one.measure,
            [code.code for code in one.hs_codes],
            one.condition,
        )
        for one in reading.value
    ]


def test_goods_of_one_sentence_have_their_own_verb_code_and_country() -> None:
    document = notice(
        "关于执行联合国安理会第2001号决议的公告",
        "一、自公告执行之日起，全面禁止自朝鲜进口活性炭、玻璃纤维，禁止对朝鲜出口甲醇（海关编码：2905110000，不含工业酒精）"
        "和乙二醇（海关编码：2905310000）。" + _FOOT,
    )
    assert whole(read_checked(document)) == [
        ("活性炭", "import", "朝鲜", "ban", [], None),
        ("玻璃纤维", "import", "朝鲜", "ban", [], None),
        ("甲醇", "export", "朝鲜", "ban", ["2905110000"], "不含工业酒精"),
        ("乙二醇", "export", "朝鲜", "ban", ["2905310000"], None),
    ]


def test_a_name_is_no_sentence() -> None:
    document = notice(
        "关于对氯酸铵实施出口管制的公告",
        "根据《中华人民共和国出口管制法》有关规定，经国务院批准，决定对氯酸铵（海关商品编号2829190090）实施出口管制。"
        + _FOOT,
    )
    reading = read_checked(document)
    assert whole(reading) == [("氯酸铵", "export", None, "licence", ["2829190090"], None)]
    assert quotes(document, reading)["regulated_items[0].measure"] == "实施出口管制"


def test_codes_of_a_sentence_that_is_not_understood_are_flagged() -> None:
    document = notice(
        "关于两用物项出口管制有关事项的公告",
        "根据税则调整情况，现将氯酸铵的海关商品编号2829190090调整为新的编号。" + _FOOT,
    )
    reading = read(document)
    assert reading.value == ()
    assert reading.warnings[0].startswith("regulated_items: the codes of a sentence are not read")


def test_two_goods_of_one_line_share_their_features() -> None:
    document = notice(
        "公布对某些物项实施出口管制的决定",
        "决定对下列物项实施出口管制：\n"
        "（一）1C998.b 具有下述任一特性的钼粉（参考海关商品编号：8102100001）和钼箔（参考海关商品编号：8102950001）：\n"
        "a.纯度大于99%；" + _FOOT,
    )
    reading = read_checked(document)
    assert whole(reading) == [
        ("钼粉", "export", None, "licence", ["8102100001"], "具有下述任一特性"),
        ("钼箔", "export", None, "licence", ["8102950001"], "具有下述任一特性"),
    ]
    assert {one.control_code for one in reading.value} == {"1C998.b"}


def test_control_codes_behind_the_items() -> None:
    document = notice(
        "公布对膜材料技术实施出口管制的决定",
        "决定对膜材料相关技术实施出口管制：\n一、以下物项，未经许可，不得出口：\n"
        "（一）膜材料拉伸技术及其载体；（管制编码：1E998.a）\n（二）膜材料检测技术。（两用物项出口管制编码：1E998.b）\n"
        "二、本公告自公布之日起实施。" + _FOOT,
    )
    reading = read_checked(document)
    assert short(reading) == [
        ("1E998.a", "膜材料拉伸技术及其载体", []),
        ("1E998.b", "膜材料检测技术", []),
    ]
    assert {(one.direction, one.measure) for one in reading.value} == {("export", "licence")}


def test_rows_of_a_ban_have_the_country_of_its_sentence() -> None:
    document = notice(
        "关于执行联合国安理会第2001号决议的公告",
        "<p>一、全面禁止自朝鲜进口滑石、云母。</p><p>二、禁止对朝鲜出口甲醇。</p><p>商务部</p><p>2020年7月1日</p>"
        "<p>附件</p><p>禁运产品清单</p><table><tr><td>序号</td><td>禁运产品名称</td><td>参考税号</td></tr>"
        "<tr><td>1</td><td>滑石</td><td>2526</td></tr><tr><td>2</td><td>甲醇</td><td>2905110000</td></tr></table>",
    )
    assert whole(read_checked(document)) == [
        ("云母", "import", "朝鲜", "ban", [], None),
        ("滑石", "import", "朝鲜", "ban", ["2526"], None),
        ("甲醇", "export", "朝鲜", "ban", ["2905110000"], None),
    ]


def test_a_licence_that_is_refused_in_principle() -> None:
    reading = read_checked(
        notice("公告", "关于出口管制。\n原则上不予许可镓相关两用物项对美国出口。" + _FOOT)
    )
    assert whole(reading) == [("镓相关两用物项", "export", "美国", "denial", [], "原则上")]


@pytest.mark.parametrize(
    "sentence",
    [
        "不禁止自朝鲜进口活性炭（海关编码：3802101000）。",
        "拟对氯酸铵（海关商品编号2829190090）实施出口管制。",
        "美国对氯酸铵（海关商品编号2829190090）实施出口管制。",
        "取消氯酸铵（海关商品编号2829190090）出口许可证管理。",
        "恢复自朝鲜进口活性炭（海关编码：3802101000）。",
        "不再对下列物项实施出口管制：\n（一）氯酸铵（海关商品编号：2829190090）。",
    ],
)
def test_what_is_not_done_regulates_nothing(sentence: str) -> None:
    assert read(notice("公告", "关于出口管制。\n" + sentence + _FOOT)).value == ()


def goods(title: str, text: str) -> list[tuple[object, ...]]:
    document = notice(title, text + ("" if text.startswith("<") else _FOOT))
    reading = read(document)
    # (A code of a range is not printed.)
    check_evidence(document, reading, lambda one: {"name": one.name, "condition": one.condition})
    return whole(reading)


_ON_TRADE = "关于出口管制的公告"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Chapters, ranges of them, ex and dotted codes.
        (
            "禁止对朝鲜出口工业机械（HS编码84、85）、运输车辆（HS编码86至89）。",
            [
                ("工业机械", "export", "朝鲜", "ban", ["84", "85"], None),
                ("运输车辆", "export", "朝鲜", "ban", ["86", "87", "88", "89"], None),
            ],
        ),
        (
            "对镍铁（商品编号：ex 7202）、硅铁（商品编号：7202.21-7202.23）实行出口许可证管理。",
            [
                ("镍铁", "export", None, "licence", ["7202"], None),
                ("硅铁", "export", None, "licence", ["720221", "720222", "720223"], None),
            ],
        ),
        # Goods behind the last codes, and a comma between goods.
        (
            "禁止进口象牙（海关编码：0507100020），虎骨（海关编码：0506901110）以及熊胆。",
            [
                ("象牙", "import", None, "ban", ["0507100020"], None),
                ("虎骨", "import", None, "ban", ["0506901110"], None),
                ("熊胆", "import", None, "ban", [], None),
            ],
        ),
        # Each code is one good's where the text says so.
        (
            "决定对甲胺、乙胺（海关商品编号分别为2921110000、2921191000）实施出口管制。",
            [
                ("甲胺", "export", None, "licence", ["2921110000"], None),
                ("乙胺", "export", None, "licence", ["2921191000"], None),
            ],
        ),
        # One row for each country and each direction.
        (
            "禁止向伊朗和利比亚出口氟化氢（海关编码：2811110000）。",
            [
                ("氟化氢", "export", "伊朗", "ban", ["2811110000"], None),
                ("氟化氢", "export", "利比亚", "ban", ["2811110000"], None),
            ],
        ),
        (
            "严禁进出口虎骨（海关编码：0506901110）。",
            [
                ("虎骨", "export", None, "ban", ["0506901110"], None),
                ("虎骨", "import", None, "ban", ["0506901110"], None),
            ],
        ),
        ("暂停日本水产品进口。", [("水产品", "import", "日本", "ban", [], None)]),
        (
            "自2023年8月24日起全面暂停进口原产地为日本的水产品（含食用水生动物）。",
            [("水产品（含食用水生动物）", "import", "日本", "ban", [], None)],
        ),
        ("限制对朝鲜出口柴油。", [("柴油", "export", "朝鲜", "licence", [], None)]),
        (
            "每年对朝鲜出口柴油不超过5万桶。",
            [("柴油", "export", "朝鲜", "licence", [], "不超过5万桶")],
        ),
        (
            "出口蜂蜡（商品编号：1521901000）的，应当申领出口许可证。",
            [("蜂蜡", "export", None, "licence", ["1521901000"], None)],
        ),
        (
            "对部分无人机（海关商品编号：8806221012）实施为期2年的临时出口管制。",
            [("部分无人机", "export", None, "licence", ["8806221012"], None)],
        ),
        (
            "其他未列入管制的无人机，不得出口用于军事目的。",
            [("未列入管制的无人机", "export", None, "ban", [], "用于军事目的")],
        ),
        (
            "除已列明的甲苯（海关编码：2902300000）外，禁止向朝鲜出口苯（海关编码：2902200000）。",
            [("苯", "export", "朝鲜", "ban", ["2902200000"], None)],
        ),
        # A list below its lead, each with its own country and direction.
        (
            "一、禁止自朝鲜进口：\n（一）煤（海关编码：2701）；\n二、禁止对朝鲜出口：\n（一）柴油（海关编码：27101923）；",
            [
                ("煤", "import", "朝鲜", "ban", ["2701"], None),
                ("柴油", "export", "朝鲜", "ban", ["27101923"], None),
            ],
        ),
        # What leaves a list is free, what comes to it is not.
        (
            """将下列商品从《出口许可证管理货物目录》中删除：
            1.甲苯（商品编号：2902300000）；
            同时，将下列商品增列入目录：
            1.丙酮（商品编号：2914110000）。""",
            [("丙酮", "export", None, "licence", ["2914110000"], None)],
        ),
        ("暂停对下列物项实施出口管制：\n1.甲苯（商品编号：2902300000）；", []),
        # A list without codes.
        (
            "一、下列技术禁止出口：\n（一）甲提炼技术；\n（二）乙育种技术。\n二、本公告自公布之日起施行。",
            [
                ("甲提炼技术", "export", None, "ban", [], None),
                ("乙育种技术", "export", None, "ban", [], None),
            ],
        ),
        (
            "禁止向美国、欧盟军事用户出口永磁材料（海关编码：8505111000）。",
            [
                ("永磁材料", "export", "美国", "ban", ["8505111000"], "军事用户"),
                ("永磁材料", "export", "欧盟", "ban", ["8505111000"], "军事用户"),
            ],
        ),
        (
            "对进口牛肉（税则号列：02013000）实行自动进口许可管理。",
            [("牛肉", "import", None, "licence", ["02013000"], None)],
        ),
        (
            "对原产于缅甸的翡翠（税则号列：71031000）禁止进口。",
            [("翡翠", "import", "缅甸", "ban", ["71031000"], None)],
        ),
        (
            "对向伊朗出口的核用石墨（参考海关商品编号：3801100030）实施出口许可管理。",
            [("核用石墨", "export", "伊朗", "licence", ["3801100030"], None)],
        ),
        (
            "延长对无人机（商品编号：8806221012）的临时出口管制。",
            [("无人机", "export", None, "licence", ["8806221012"], None)],
        ),
        (
            "对丙酮（商品编号：2914110000）[注1]、甲苯（商品编号：2902300000）①实施出口管制。",
            [
                ("丙酮", "export", None, "licence", ["2914110000"], None),
                ("甲苯", "export", None, "licence", ["2902300000"], None),
            ],
        ),
        (
            "禁止向朝鲜出口、提供、转让柴油（HS编码：2710）。",
            [("柴油", "export", "朝鲜", "ban", ["2710"], None)],
        ),
        (
            "禁止向朝鲜输出、供应柴油（HS编码：2710）。",
            [("柴油", "export", "朝鲜", "ban", ["2710"], None)],
        ),
        (
            "禁止出口野生红豆杉（编号：ex 44039900）。",
            [("野生红豆杉", "export", None, "ban", ["44039900"], None)],
        ),
        ("中止对甲苯（商品编号：2902300000）的出口管制。", []),
        ("对原产于美国的油菜籽（税则号列：12051090）加征100%关税。", []),
        ("对下列企业实施出口管制：\n（一）甲公司；\n（二）乙公司。", []),
        ("美国商务部宣布对高带宽存储器（HS编码：8542320000）实施出口管制。", []),
        ("商务部可以对甲苯（商品编号：2902300000）实施出口管制。", []),
    ],
)
def test_goods_of_sentences_and_lists(text: str, expected: list[tuple[object, ...]]) -> None:
    assert goods(_ON_TRADE, text) == expected


def test_part_of_a_code_only_refers() -> None:
    reading = read(notice(_ON_TRADE, "对镍铁（商品编号：ex 7202）实行出口许可证管理。" + _FOOT))
    assert reading.value[0].hs_codes[0].role == "reference"


def test_goods_that_share_codes_and_odd_codes_are_doubted() -> None:
    reading = read(
        notice(
            _ON_TRADE, "对甲胺、乙胺（商品编号：2921110000、292119100）实行出口许可证管理。" + _FOOT
        )
    )
    assert [one.name for one in reading.value] == ["甲胺、乙胺"]
    assert [code.code for code in reading.value[0].hs_codes] == ["2921110000"]
    assert set(reading.warnings) == {
        "regulated_items[0].hs_codes: which of the goods they are is not said",
        "regulated_items[0].hs_codes: no customs code has so many digits: 292119100",
    }


def test_lines_of_a_list_without_codes_of_their_own_are_items() -> None:
    document = notice(
        "公布对部分稀土相关物项实施出口管制的决定",
        "决定对下列物项实施出口管制：\n（一）1C999.a 金属甲、含甲合金及相关制品，包括：\n"
        "1.金属甲（参考海关商品编号：2805301910）；\n2.含甲合金，包括但不限于甲铁合金；\n3.靶材，包括但不限于甲靶。"
        + _FOOT,
    )
    assert short(read_checked(document)) == [
        ("1C999.a", "金属甲", ["2805301910"]),
        ("1C999.a", "含甲合金，包括但不限于甲铁合金", []),
        ("1C999.a", "靶材，包括但不限于甲靶", []),
    ]


def test_directions_of_rows_and_of_captions() -> None:
    ban = "<tr><td>{}</td><td>{}</td><td>{}</td></tr>"
    assert goods(
        "关于加工贸易禁止类商品目录的公告",
        "<p>现公布加工贸易禁止类商品目录。</p><p>商务部</p><p>2020年7月1日</p><p>附件</p><p>加工贸易禁止类商品目录</p>"
        "<table><tr><td>商品编码</td><td>商品名称</td><td>禁止方式</td></tr>"
        + ban.format("2517 20 00 00", "矿渣", "禁止进口")
        + ban.format("2517300000", "碎石", "禁止进出口")
        + "</table>",
    ) == [
        ("矿渣", "import", None, "ban", ["2517200000"], "加工贸易"),
        ("碎石", "export", None, "ban", ["2517300000"], "加工贸易"),
        ("碎石", "import", None, "ban", ["2517300000"], "加工贸易"),
    ]
    row = "<table><tr><td>名称</td><td>税号</td></tr><tr><td>{}</td><td>{}</td></tr></table>"
    assert goods(
        "关于执行联合国安理会第2001号决议的公告",
        "<p>禁止自朝鲜进口煤，禁止向朝鲜出口柴油。</p><p>商务部</p><p>2020年7月1日</p><p>附件1</p><p>禁止自朝鲜进口产品清单</p>"
        + row.format("焦煤", "27011210")
        + "<p>附件2</p><p>禁止向朝鲜出口产品清单</p>"
        + row.format("轻柴油", "27101923"),
    ) == [
        ("焦煤", "import", "朝鲜", "ban", ["27011210"], None),
        ("轻柴油", "export", "朝鲜", "ban", ["27101923"], None),
    ]


def test_a_list_that_is_only_attached_is_flagged() -> None:
    document = notice(
        "公布《出口许可证管理货物目录》",
        "<p>现公布《出口许可证管理货物目录（2026年）》，自2026年1月1日起执行。</p><p>商务部</p><p>2025年12月31日</p>"
        '<p><a href="/files/1.pdf">附件：出口许可证管理货物目录.pdf</a></p>',
    )
    (warning,) = read(document).warnings
    assert warning.startswith("regulated_items: goods stand in an attachment")


def test_a_draft_regulates_nothing() -> None:
    text = "决定对甲胺（商品编号：2921110000）实施出口管制。"
    assert goods("关于对甲胺实施出口管制的公告（征求意见稿）", text) == []


@pytest.mark.parametrize(
    ("sentence", "measure"),
    [
        ("未经许可，甲粉（海关商品编号：8110102000）不得出口。", "licence"),
        ("未经商务部批准，禁止出口甲粉（海关商品编号：8110102000）。", "licence"),
        ("甲粉（海关商品编号：8110102000）不得出口。", "ban"),
    ],
)
def test_what_is_forbidden_without_a_licence_is_licensed(sentence: str, measure: str) -> None:
    document = notice("关于出口管制的公告", sentence + "\n商务部\n2025年7月1日")
    (one,) = read(document).value
    assert (one.name, one.measure) == ("甲粉", measure)


def test_what_goes_with_goods_has_its_own_codes_and_a_country_may_be_described() -> None:
    foot = "\n商务部\n2025年7月1日"
    one = read(
        notice(
            "关于出口管制的公告",
            "对锂电池（参考海关商品编号：85076000）及其正极材料（参考海关商品编号：28429040）实施出口管制。"
            + foot,
        )
    ).value
    assert [(item.name, [code.code for code in item.hs_codes]) for item in one] == [
        ("锂电池", ["85076000"]),
        ("其正极材料", ["28429040"]),
    ]
    (other,) = read(
        notice("关于暂停进口的公告", "禁止从发生口蹄疫的德国输入偶蹄动物及其相关产品。" + foot)
    ).value
    assert (other.name, other.direction, other.destination) == (
        "偶蹄动物及其相关产品",
        "import",
        "德国",
    )


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        (
            "出口甲醇（海关商品编号：2905110000）和乙醇（海关商品编号：2207100000）应当办理出口许可证。",
            ["甲醇", "乙醇"],
        ),
        ("严禁向任何国家出口甲毒素（海关商品编号：3002491010）。", ["甲毒素"]),
        ("决定暂停对下列物项的出口管制：\n1. 甲粉（海关商品编号：8112929090）", []),
    ],
)
def test_words_before_goods_are_no_part_of_them(sentence: str, names: list[str]) -> None:
    document = notice("关于出口管制的公告", sentence + "\n商务部\n2025年7月1日")
    assert [item.name for item in read(document).value] == names


def test_the_title_of_another_notice_says_what_that_one_controls() -> None:
    document = notice(
        "关于优化调整无人机出口管制措施的公告",
        "一、红外成像设备（参考海关商品编号：9013801010），未经许可，不得出口。\n"
        "二、商务部公告2023年第28号（关于对部分无人机实施临时出口管制的公告）同时废止。\n商务部\n2024年7月31日",
    )
    assert [item.name for item in read_checked(document).value] == ["红外成像设备"]
