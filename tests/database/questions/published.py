"""Notices and answers of the spokesman as published from 2023 to 2025, in the site's markup: numbers, days
and structure are those of the public record, the words our own.
"""

import re

from services.parser.parse import parse
from shared.events import Answer, Capture, CaptureFetched, Event, NoticeParsed, Skipped
from shared.identity import capture_id
from shared.notice import Notice
from testing.indexer.events import fetched, request
from testing.markup import page_2026, paragraphs
from tests.database.conftest import read

CUSTOMS = "商务部 海关总署"
DRONES = "商务部 海关总署 国家国防科工局 中央军委装备发展部"
_BASIS = "根据《中华人民共和国出口管制法》《中华人民共和国对外贸易法》《中华人民共和国海关法》有关规定，为维护国家安全和利益，经国务院批准，"
_LICENCE = "出口经营者出口上述物项，应当向国务院商务主管部门申请许可。"


def page(
    title: str,
    lines: list[str],
    time: str,
    *,
    part: str = "",
    attachment: tuple[str, str] | None = None,
) -> tuple[Notice, str]:
    """What is read on a page of the site, and its address; `part` makes the address another one,
    `attachment` is the name and the address of a file that it links to.
    """
    digits = re.sub(r"\D", "", time)
    url = f"https://www.mofcom.gov.cn/zwgk/zcfb/art/{time[:4]}/art_{digits}{part}{len(title)}.html"
    body = paragraphs(lines)
    if attachment:
        name, file = attachment
        body += f'<p><a href="{file}">{name}</a></p>'
    return parse(page_2026(title, body, time=time, published=time, url=url), url), url


def published(title: str, lines: list[str], time: str, *, part: str = "") -> NoticeParsed:
    """A page of the site, captured on the day after it was published."""
    notice, url = page(title, lines, time, part=part)
    day = re.sub(r"\D", "", time)[:8]
    return read(notice, url=url, timestamp=f"{day}150000")


def announcement(
    body: str, number: int, day: str, subject: str, lines: list[str], time: str = "09:00"
) -> NoticeParsed:
    """An announcement with its label block and signatures; `day` as 2025-10-09."""
    year, month, date = day.split("-")
    document_number = f"{body}公告{year}年第{number}号"
    return published(
        f"{document_number} {subject}",
        [
            "【发布单位】安全与管制局",
            f"【发布文号】{document_number}",
            f"【发文日期】{year}年{month}月{date}日",
            *lines,
            *body.split(),
            f"{year}年{int(month)}月{int(date)}日",
        ],
        f"{day} {time}",
    )


def _controls(
    body: str, number: int, day: str, subject: str, items: list[str], effect: str
) -> NoticeParsed:
    return announcement(
        body, number, day, subject, [f"{_BASIS}决定对下列物项实施出口管制：", *items, _LICENCE, effect]
    )  # fmt: skip


def controls() -> list[NoticeParsed]:
    """Controls on goods that the bundled pages do not have: graphite, antimony, rare earths of April 2025,
    tungsten and others, drones.
    """
    return [
        announcement(
            "商务部 海关总署 国防科工委", 50, "2006-07-28", "关于对石墨类相关制品实施临时出口管制措施的公告",
            [
                "为维护国家安全，决定对石墨类相关制品实施临时出口管制。有关事项公告如下：",
                "一、高纯度、高强度、高密度的人造石墨材料及其制品（参考海关商品编号：3801100030），未经许可，不得出口。",
                "二、本公告自2006年9月1日起实施。",
            ],
        ),
        announcement(
            CUSTOMS, 39, "2023-10-20", "关于优化调整石墨物项临时出口管制措施的公告",
            [
                f"{_BASIS}决定对石墨物项实施出口管制。有关事项公告如下：",
                "一、满足以下特性的物项，未经许可，不得出口：",
                "（一）高纯度、高强度、高密度的人造石墨材料及其制品（参考海关商品编号：3801100030、3801909010）。",
                "（二）天然鳞片石墨及其制品（参考海关商品编号：2504101000、2504109100）。",
                ("二、本公告自2023年12月1日起正式实施。商务部 海关总署 国防科工委公告2006年第50号"
                "（关于对石墨类相关制品实施临时出口管制措施的公告）同时废止。"),
            ],
        ),
        announcement(
            CUSTOMS, 33, "2024-08-15", "关于对锑等物项实施出口管制的公告",
            [
                f"{_BASIS}决定对锑、超硬材料相关物项实施出口管制。有关事项公告如下：",
                "一、满足以下特性的物项，未经许可，不得出口：",
                "（一）锑相关物项。",
                "1.锑矿及原料（参考海关商品编号：2617101000、2617109001）。",
                "2.金属锑及制品（参考海关商品编号：8110101000、8110102000）。",
                "二、本公告自2024年9月15日起正式实施。",
            ],
        ),
        _controls(
            CUSTOMS, 10, "2025-02-04", "公布对钨、碲、铋、钼、铟相关物项实施出口管制的决定",
            [
                "一、钨相关物项",
                "（一）1C117.d.1 仲钨酸铵（参考海关商品编号：2841801000）；",
                "二、碲相关物项",
                "（一）6C002.a 金属碲（参考海关商品编号：2804500001）；",
                "三、铋相关物项",
                "（一）6C001.a 金属铋及制品（参考海关商品编号：8106101091、8106109090）；",
                "四、钼相关物项",
                "（一）1C117.b 钼粉（参考海关商品编号：8102100001）；",
                "五、铟相关物项",
                "（一）3C004.a 磷化铟（参考海关商品编号：2853904051）；",
            ],
            "本公告自公布之日起正式实施。",
        ),
        _controls(
            CUSTOMS, 18, "2025-04-04", "公布对部分中重稀土相关物项实施出口管制的决定",
            [
                "一、钐相关物项",
                "（一）1C902.a 金属钐、含钐合金及相关制品（参考海关商品编号：2805301910）；",
                "二、镝相关物项",
                "（一）1C905.a 金属镝、含镝合金及相关制品（参考海关商品编号：2805301300）；",
            ],
            "本公告自发布之日起正式实施。",
        ),
        announcement(
            DRONES, 28, "2023-07-31", "关于对部分无人机实施临时出口管制的公告",
            [
                f"{_BASIS}决定对部分无人机实施临时出口管制。有关事项公告如下：",
                "一、满足以下特性的无人机（参考海关商品编号：8806221000、8806231000），未经许可，不得出口。",
                "二、本公告自2023年9月1日起实施，有效期两年。",
            ],
        ),
        announcement(
            DRONES, 31, "2024-07-31", "关于优化调整无人机出口管制措施的公告",
            [
                f"{_BASIS}决定优化调整无人机出口管制措施。有关事项公告如下：",
                "一、无人机专用的红外成像设备（参考海关商品编号：9013801010），未经许可，不得出口。",
                (f"二、本公告自2024年9月1日起正式实施。{DRONES}公告2023年第28号（关于对部分无人机实施临时出口管制的公告）"
                "同时废止。"),
            ],
        ),
    ]  # fmt: skip


def _polyoxymethylene(rate: str, captured: str) -> NoticeParsed:
    """The final ruling on polyoxymethylene copolymer, whose page had a misprint on its first day."""
    number = "商务部公告2025年第25号"
    notice, url = page(
        f"{number} 公布对原产于美国、欧盟、台湾地区和日本的进口共聚聚甲醛反倾销调查的最终裁定",
        [
            "【发布单位】贸易救济调查局",
            f"【发布文号】{number}",
            "【发文日期】2025年05月18日",
            "自2025年5月19日起，对原产于美国、欧盟、台湾地区和日本的进口共聚聚甲醛征收反倾销税，该产品归在《中华人民共和国进出口税则》：39071010。",
            "对各公司征收的反倾销税税率如下：",
            "日本公司：",
            "1.宝理塑料株式会社　35.5%",
            "（Polyplastics Co.,Ltd.）",
            f"2.旭化成株式会社　{rate}%",
            "（Asahi Kasei Corporation）",
            "3.其他日本公司　35.5%",
            "（All others）",
            "对原产于美国、欧盟、台湾地区和日本的进口共聚聚甲醛征收反倾销税的实施期限自2025年5月19日起5年。",
            "商务部",
            "2025年5月18日",
        ],
        "2025-05-18 18:00",
    )
    return read(notice, url=url, timestamp=captured)


def _gone(page: NoticeParsed, timestamp: str) -> CaptureFetched:
    """A later capture of a page's address, with which the site answered 404."""
    url = page.fetched.request.url
    capture = Capture(
        capture_id=capture_id(url, timestamp), url=url, timestamp=timestamp, status=404
    )
    return fetched(
        request(url, timestamp),
        capture=capture,
        answer=Answer.MEMENTO,
        outcome=Skipped(reason="error"),
    )


def others() -> list[Event]:
    """Duties, orders, a list of another country, a catalogue in an attachment, a deadline; a page at two
    addresses, of which one is gone.
    """
    order = [
        "《报关企业登记办法》已经商务部部务会议审议通过，现予公布，自2026年5月1日起施行。",
        "商务部令2014年第9号（《报关企业登记暂行办法》）同时废止。",
        "部　长　王文涛",
        "2026年3月2日",
    ]
    catalogue, url = page(
        "商务部 海关总署公告2025年第88号 公布2026年进口许可证管理货物目录",
        [
            "【发布文号】商务部 海关总署公告2025年第88号",
            "【发文日期】2025年12月31日",
            (
                "根据《中华人民共和国对外贸易法》有关规定，现公布《进口许可证管理货物目录（2026年）》（见附件），自2026年1月1日起执行。"
            ),
            "附件：进口许可证管理货物目录（2026年）.pdf",
            "商务部",
            "海关总署",
            "2025年12月31日",
        ],
        "2025-12-31 16:00",
        attachment=("进口许可证管理货物目录（2026年）.pdf", "/cms_files/2025/catalogue.pdf"),
    )
    repealed = (
        "商务部令2014年第9号 报关企业登记暂行办法",
        [
            "《报关企业登记暂行办法》已经商务部部务会议审议通过，现予公布，自2014年8月1日起施行。",
            "部　长　高虎城",
            "2014年6月20日",
        ],
    )
    first = published(*repealed, "2014-06-20 10:00")
    return [
        _polyoxymethylene("25.4", "20250518150000"),
        _polyoxymethylene("24.5", "20250520150000"),
        first,
        published(*repealed, "2014-06-20 10:00", part="b"),
        _gone(first, "20260320080000"),
        published("商务部令2026年第5号 报关企业登记办法", order, "2026-03-02 10:00"),
        published(
            "商务部公告2026年第12号 公布将2家日本实体列入出口管制管控名单",
            [
                "【发布文号】商务部公告2026年第12号",
                "【发文日期】2026年02月24日",
                (
                    "根据《中华人民共和国出口管制法》等法律法规有关规定，决定将甲船重工等2家日本实体列入出口管制管控名单（见附件），并采取以下措施："
                ),
                "一、禁止向上述2家日本实体出口两用物项。",
                "本公告自公布之日起正式实施。",
                "附件：出口管制管控名单（2026年2月24日）",
                "商务部",
                "2026年2月24日",
                "附件",
                "出口管制管控名单",
                "1. 甲船重工株式会社（Kabuto Shipbuilding Co., Ltd.）",
                "2. 乙航空发动机公司（Otsu Aero Engines）",
            ],
            "2026-02-24 09:00",
        ),
        read(catalogue, url=url, timestamp="20260105080000"),
        announcement(
            "商务部", 77, "2026-11-02", "关于申报2027年货物出口配额的公告",
            [
                "现就申报2027年出口配额有关事项公告如下：",
                "申请企业应当于2026年12月15日前向商务部提交申请材料。",
                "本公告自公布之日起施行。",
            ],
        ),
    ]  # fmt: skip
