"""Notices and answers of the spokesman as published from 2023 to 2025, in the site's markup: numbers, days
and structure are those of the public record, the words our own.
"""

import re

from services.parser.parse import parse
from shared.events import NoticeParsed
from shared.notice import Notice
from testing.markup import page_2026, paragraphs
from tests.database.conftest import read

CUSTOMS = "商务部 海关总署"
DRONES = "商务部 海关总署 国家国防科工局 中央军委装备发展部"
_BASIS = "根据《中华人民共和国出口管制法》《中华人民共和国对外贸易法》《中华人民共和国海关法》有关规定，为维护国家安全和利益，经国务院批准，"
_LICENCE = "出口经营者出口上述物项，应当向国务院商务主管部门申请许可。"


def page(title: str, lines: list[str], time: str, *, part: str = "") -> tuple[Notice, str]:
    """What is read on a page of the site, and its address; `part` makes the address another one."""
    digits = re.sub(r"\D", "", time)
    url = f"https://www.mofcom.gov.cn/zwgk/zcfb/art/{time[:4]}/art_{digits}{part}{len(title)}.html"
    return parse(page_2026(title, paragraphs(lines), time=time, published=time, url=url), url), url


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
