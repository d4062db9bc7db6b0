"""Where on the site a page stands: whose part of it that is, and how much its copy of a document counts.

The ministry's policy columns publish its documents; its departments, offices and news columns repeat
them; sub-sites of local governments and economic offices abroad do so in part; on boards and in mail
boxes anybody writes. One table says it, and two things follow from it: which of several copies of a
document `notices` shows, and whether what a page says can change another document.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from urllib.parse import urlsplit

from shared.chinese.form import Form, Forms

SectionKind = Literal[
    "policy",
    "law library",
    "department",
    "ministry",
    "news",
    "interpretation",
    "government",
    "mirror",
    "commissioner's office",
    "local",
    "economic office abroad",
    "news from abroad",
    "foreign language",
    "board",
    "elsewhere",
]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the site. Of two copies of a document the one of higher `rank` (from 0) counts;
    `publishes_acts` is False where a document that a page repeats is somebody else's, or is talked
    about, so that nothing on the page takes effect by standing there.
    """

    kind: SectionKind
    rank: int
    publishes_acts: bool


_SECTIONS: dict[str, Section] = {
    section.kind: section
    for section in (
        Section("policy", 9, True),
        Section("law library", 8, True),
        Section("department", 7, True),
        Section("ministry", 6, True),
        Section("news", 5, True),
        Section("interpretation", 5, True),
        # Another body's own site, e.g. www.gov.cn.
        Section("government", 5, True),
        Section("mirror", 4, True),
        Section("commissioner's office", 3, True),
        Section("local", 2, True),
        Section("economic office abroad", 2, False),
        # What other states and organisations did.
        Section("news from abroad", 2, False),
        Section("foreign language", 1, False),
        Section("board", 0, False),
        Section("elsewhere", 0, False),
    )
}

_SLASHES = re.compile("/+")
_SITE = r"\.mofcom\.gov\.cn/"
_MAIN = rf"(?:(?:www\d*|m){_SITE}|mofcom\.gov\.cn/)"
_ANY_FOLDER = r"(?:[^?#]*/)?"
# Departments 司局 and offices of the ministry by the names of their hosts, and the sites that they run.
_DEPARTMENTS = (
    # 安全与管制局, 贸易救济局 and those it came from, 进出口许可证: export control, trade remedies, licences
    "exportcontrol|ecp|aqygzj|trb|cacs|gpj|dcj|xkzj|licence|"
    # 办公厅, 综合司, 条法司, 财务司, 人事司, 研究
    "bgt|zhs|tfs|cws|cwgongzuo|rss|renshi|zys|"
    # 外贸司, 服贸司, 机电司, 外资司, 合作司, 援外司, 自贸区司
    "wms|wms2|fms|fwmys|cys|jdcys|wzs|wzzxbs|hzs|fec|yws|yuanwai|zmqgs|"
    # 市场秩序, 市场建设, 流通, 市场运行, 消费, 电子商务
    "sczxs|scjss|ltfzs|ltyfzs|scyxs|xfcjs|dzsws|dsfzs|syggs|txjy\\.syggs|"
    # 国际司, 世贸司, 台港澳司, and the departments for regions
    "gjs|sms|chinawto|wto|sl|fta|gjjmhzs|tga|yzs|xyfs|ozs|oys|mds|mdyzs|"
    # intellectual property, trade in services, statistics
    "ipr|tradeinservices|12335|data|infostat|ecomp|jgdw"
)
# Editions in other languages than Chinese and English by the names of their hosts, as ISO 639-1 codes.
EDITIONS = {
    "french": "fr",
    "russian": "ru",
    "spanish": "es",
    "german": "de",
    "arabic": "ar",
    "japanese": "ja",
    "korean": "ko",
    "portuguese": "pt",
}
_CITIES_ABROAD = (
    "barcelona|busan|capetown|chiangmai|chicago|dubai|edinburgh|frankfurt|fukuoka|genevese|geneva|"
    "gothenburg|hamburg|hochiminhcity|houston|istanbul|jeddah|karachi|khabarovsk|lagos|losangeles|"
    "mandalay|melbourne|milan|montreal|mumbai|munich|nagoya|newyork|osaka|perth|petersburg|"
    "riodejaneiro|sanfrancisco|saopaulo|sapporo|songkhla|stpetersburg|surabaya|sydney|toronto|"
    "vancouver|zanzibar|zurich"
)

# Looked up at the beginning of HOST/PATH in lower case, without scheme and port.
_FORMS = Forms(
    Form(
        "board",
        rf"(?:gzly\w*|bbs|forum|blog|mail|tousu|jubao|liuyan){_SITE}"
        rf"|(?:[^/]+){_SITE}{_ANY_FOLDER}"
        r"(?:gzly|bbs|forum|blog|comments?|liuyan|guestbook|mailbox|pubmail|jianyan|tousu)/",
        yes=(
            "gzly.mofcom.gov.cn/info/detail",
            "bbs.mofcom.gov.cn/showtopic.html",
            "www.mofcom.gov.cn/comment/202511/1.html",
        ),
        no=("www.mofcom.gov.cn/article/b/c/201806/20180602755321.shtml",),
    ),
    Form(
        "foreign language",
        rf"(?:english\d?|{'|'.join(EDITIONS)}){_SITE}"
        rf"|{_MAIN}(?:english|en)/",
        yes=("english.mofcom.gov.cn/article/policyrelease/202511/20251103500000.shtml",),
        no=("gb.mofcom.gov.cn/article/jmxw/202511/20251103500000.shtml",),
    ),
    Form("law library", rf"policy{_SITE}", yes=("policy.mofcom.gov.cn/claw/clawContent.shtml",)),
    # A gateway that prints the site in traditional characters: big5.mofcom.gov.cn/gate/big5/HOST/PATH.
    Form("mirror", rf"(?:big5|wap|3g){_SITE}", yes=("big5.mofcom.gov.cn/gate/big5/a/b.shtml",)),
    Form(
        "commissioner's office",
        rf"[a-z]{{2,4}}tb{_SITE}|{_MAIN}tebanchu/",
        yes=("shtb.mofcom.gov.cn/article/zcfb/202511/20251103500000.shtml",),
        no=("trb.mofcom.gov.cn/myjjdc/art/2025/art_0.html",),
    ),
    Form(
        "news from abroad",
        rf"(?:{_DEPARTMENTS}){_SITE}{_ANY_FOLDER}(?:gjdt|gwdt|hwdt|jwdt|gjxw)/",
        yes=("exportcontrol.mofcom.gov.cn/article/gjdt/202409/1034.html",),
        no=("exportcontrol.mofcom.gov.cn/article/gndt/202509/1162.html",),
    ),
    Form(
        "department",
        rf"(?:{_DEPARTMENTS}){_SITE}",
        yes=(
            "exportcontrol.mofcom.gov.cn/article/zcfg/gnzcfg/202410/1057.html",
            "trb.mofcom.gov.cn/myjjdc/art/2025/art_0.html",
        ),
        no=("yichang.mofcom.gov.cn/article/zcfb/201511/20151101000000.shtml",),
    ),
    Form(
        "economic office abroad",
        rf"(?:[a-z]{{2}}|{_CITIES_ABROAD}){_SITE}|{_MAIN}article/i/|{_MAIN}aarticle/i/",
        yes=(
            "us.mofcom.gov.cn/article/jmxw/202511/20251103500000.shtml",
            "newyork.mofcom.gov.cn/article/jmxw/202511/20251103500000.shtml",
            "www.mofcom.gov.cn/article/i/jyjl/e/201709/20170902640000.shtml",
        ),
        no=("m.mofcom.gov.cn/article/b/c/201806/20180602755321.shtml",),
    ),
    Form(
        "local",
        rf"{_MAIN}a?article/difang/|{_MAIN}difang/",
        yes=("www.mofcom.gov.cn/article/difang/201806/20180602755321.shtml",),
    ),
    Form(
        "interpretation",
        rf"{_MAIN}{_ANY_FOLDER}(?:zhengcejd|zcjd|zcjdhy|jiedu|zctj)/",
        yes=("www.mofcom.gov.cn/article/zhengcejd/bj/201705/20170502570289.shtml",),
    ),
    Form(
        "policy",
        rf"{_MAIN}(?:a?article/(?:b|h|bh)|(?:a?article/)?(?:zwgk|zcfb|zfxxgk|gkml|swfg|tzgg|gztz))/"
        rf"|{_MAIN}cms_files/filemanager/policysummary/",
        yes=(
            "www.mofcom.gov.cn/article/b/c/201806/20180602755321.shtml",
            "www.mofcom.gov.cn/zcfb/blgg/art/2025/art_0.html",
            "m.mofcom.gov.cn/article/zwgk/gkzcfb/202302/20230203391289.shtml",
        ),
        no=("www.mofcom.gov.cn/article/ae/ai/201808/20180802778676.shtml",),
    ),
    Form(
        "news",
        rf"{_MAIN}(?:a?article/(?:ae|ai|resume|shangwubangzhu|todayheader)"
        r"|(?:a?article/)?(?:xwfb|syxwfb|xwfyrth|rcxwfb|ldrhd|bldhd|sjjd|xwfbh|swxw))/"
        rf"|interview{_SITE}",
        yes=(
            "www.mofcom.gov.cn/article/ae/ag/201808/20180802778676.shtml",
            "www.mofcom.gov.cn/xwfb/xwfyrth/art/2025/art_0.html",
        ),
        no=("www.mofcom.gov.cn/article/zwgk/gkzcfb/202302/20230203391289.shtml",),
    ),
    Form(
        "ministry",
        rf"{_MAIN}|(?:images|picpolicy|file|egov|manage|search|pv|ciecc){_SITE}",
        yes=("www.mofcom.gov.cn/mofcom/zhinengjigou.shtml", "picpolicy.mofcom.gov.cn/file/1.pdf"),
    ),
    Form(
        "local",
        rf"[^/]+{_SITE}",
        yes=("yichang.mofcom.gov.cn/article/zcfb/201511/20151101000000.shtml",),
    ),
    Form(
        "government",
        r"(?:[^/]+\.)?gov\.cn/",
        yes=("www.gov.cn/zhengce/content/1.htm",),
        no=("www.gov.cn.example.com/a.htm",),
    ),
    anchored=True,
)


@lru_cache(maxsize=4096)  # every reader of a page asks for the same URL
def section_of(url: str) -> Section:
    """The section of the page at an original URL; ``elsewhere`` for what is not a URL of a government.

    ``https://www.mofcom.gov.cn/zcfb/blgg/art/2025/art_….html`` is ``policy``.
    """
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return _SECTIONS["elsewhere"]
    path = _SLASHES.sub("/", parts.path.lower()) or "/"
    found = _FORMS.match(host + path)
    return _SECTIONS[found.name if found else "elsewhere"]
