"""Pages that are not documents, and why: firewalls, error pages, failed includes, templates that
nothing filled, front pages.
"""

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from pydantic_core import from_json

from shared.challenges import has_challenge
from shared.chinese.characters import HAN
from shared.notice import PageKind

_BLOCKED = re.compile(
    r"访问被(?:阻断|拦截|拒绝)|请求被(?:拦截|阻断)|拦截提示|安全(?:威胁|验证|防护)|异常访问|人机验证|滑动验证"
    r"|(?:403|405)\s+Forbidden|Access Denied|Request unsuccessful|Web应用防火墙"
    r"|<title>\s*(?:403|WAF)"
    r"|创宇盾|您的(?:访问|请求)(?:过于|可能)",
    re.IGNORECASE,
)
_MISSING = (
    r"(?:页面|网页|文件|信息|内容|文章)(?:已?不存在|未找到|找不到|已(?:被)?删除)"
    r"|(?:找不到|无法找到)(?:该|您|此|请求)"
)
_ERROR = re.compile(
    r"<title>[^<]{0,40}(?:\b(?:404|500|502|503|504)\b|Not Found|找不到|不存在|Error report)"
    rf"|{_MISSING}|HTTP (?:Status|ERROR) \d{{3}}|<h1>\s*\d{{3}} [A-Z]",
    re.IGNORECASE,
)
_PROGRAM_ERROR = re.compile(
    r"(?:java\.lang|javax\.servlet|org\.apache\.jasper)\.[\w.]{0,100}(?:Exception|Error)|ORA-\d{5}:"
    r"|Microsoft OLE DB Provider|Server Error in '/|(?:Fatal|Parse) error(?:</b>)?:|[Ff]ailed (?:to open stream|opening required)"
)
# Real pages carry kilobytes of navigation; refusals are short.
_SHORT = 12_000

FAILED_INCLUDE = re.compile(
    r"\[an error occurred while processing (?:this|the) directive\]|Error processing SSI file\.?"
    r"|处理\s*SSI\s*文件时出错。?|<!--#\s?\w+ [^<>\n]{0,200}-->",
    re.IGNORECASE,
)
# Templates of JavaScript frameworks, JSP, Jinja, EmpireCMS.
_BRACES = re.compile(
    r"\{\{[^{}]{0,100}\}\}|\{%[^{}]{0,100}%\}|\$\{[^{}]{0,100}\}|<%.{0,100}?%>|\{\$[\w.>-]{1,50}\}"
    r"|\[!--.{0,50}?--\]"
)
# What a template prints around its values.
_LABELS = re.compile(
    r"(?:发布|更新|发文)?(?:时间|日期)|(?:文章|信息)?来源|作者|文号|浏览(?:次数|量)?|附件|正文|标题|[\W\d_]"
)
_WAITING = re.compile(
    r"\W*(?:(?:正在|页面|数据)*(?:加载|载入|跳转|读取)中?|请稍[候等后]|loading|please wait"
    r"|(?:暂无|没有)(?:相关)?(?:内容|数据|信息|记录)|(?:栏目|内容|页面|网站)?(?:正在)?(?:建设|更新|维护|升级)中"
    r"|敬请期待|undefined|null|NaN|[\W\d])+",
    re.IGNORECASE,
)
_SHORT_TEXT = 80

# ，。的 in UTF-8, read as GBK and as Latin
_MOJIBAKE = ("锛", "銆", "鐨", "ï¼", "ã€", "çš")
_HAN = re.compile(f"[{HAN}，。：、]")
_SAMPLE = 1_000
_FEED = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:rss|feed|urlset|sitemapindex|rdf:RDF)\b"
)
_INDEX_PATH = re.compile(
    r"/(?:(?:index|default|main|home|welcome)(?:_?\w{1,4})?\.(?:s?html?|jsp|asp|aspx|php|do))?$",
    re.IGNORECASE,
)
_SITE_NAME = re.compile(
    r"(?:首页|主页|网站|官网|信息网|服务网|商务网|平台|经济商务(?:参赞)?处|(?:特派员)?办事处|经商(?:参)?处|欢迎您)$"
    r"|^(?:欢迎|welcome)|home\s?page$",
    re.IGNORECASE,
)


class Rejection(NamedTuple):
    """What a page is instead of a document, and why, in a constant phrase."""

    kind: PageKind
    why: str


FIREWALL = Rejection("blocked", "firewall")
NO_TEXT = Rejection("shell", "no text")
LIST = Rejection("index", "list of documents")
UNFILLED_LIST = Rejection("shell", "list without items")
FRONT_PAGE = Rejection("index", "front page")
GARBLED = Rejection("error", "garbled text")
FEED = Rejection("index", "feed")
JSON = Rejection("shell", "JSON")


def refusal(html: str) -> Rejection | None:
    """Why a page without a readable body has none, where it says so; None if it does not."""
    if FAILED_INCLUDE.search(html):
        return Rejection("shell", "failed include")
    if _PROGRAM_ERROR.search(html):
        return Rejection("error", "program error")
    if len(html) > _SHORT:
        return None
    if has_challenge(html) or _BLOCKED.search(html):
        return FIREWALL
    if _ERROR.search(html):
        return Rejection("error", "error page")
    return None


def emptiness(text: str) -> Rejection | None:
    """Why the text of a content block is none: a message in its place, or a template that nothing
    filled; None for a text.
    """
    if len(text) <= _SHORT_TEXT:
        if _WAITING.fullmatch(text):
            return Rejection("shell", "placeholder")
        if re.search(_MISSING, text):
            return Rejection("error", "error page")
    if _is_mojibake(text):
        return GARBLED
    if is_unfilled(text) and not _LABELS.sub("", _BRACES.sub("", text)):
        return Rejection("shell", "unfilled template")
    if len(text) <= 10 * _SHORT_TEXT and _PROGRAM_ERROR.search(text):
        return Rejection("error", "program error")
    return None


def _is_mojibake(text: str) -> bool:
    """Whether a text is UTF-8 that was read as GBK or Latin and written again: 锛屽晢鍔￠儴 for ，商务部."""
    if not any(mark in text for mark in _MOJIBAKE):
        return False
    sample = text[:_SAMPLE]
    for charset in ("gb18030", "cp1252", "latin-1"):
        again = sample.encode(charset, "ignore").decode("utf-8", "ignore")
        # A text in its own charset is no UTF-8: of it nothing is left.
        if 3 * len(_HAN.findall(again)) > len(again) > len(sample) / 4:
            return True
    return False


def is_unfilled(text: str) -> bool:
    """Whether a text has placeholders of a template that nothing filled: ``{{ law.title }}``."""
    may = "{" in text or "<%" in text or "[!--" in text
    return may and _BRACES.search(text) is not None


def filled(meta: dict[str, str]) -> dict[str, str]:
    """The data of a page about itself without what a template left unfilled."""
    if not is_unfilled("\n".join(meta.values())):
        return meta
    values = {name: _BRACES.sub("", value).strip() for name, value in meta.items()}
    return {name: value for name, value in values.items() if value}


def data(html: str) -> Rejection | None:
    """What a body is that is data and no page: an RSS or Atom feed, a site map, JSON."""
    if _FEED.match(html):
        return FEED
    if html.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
        try:
            from_json(html)
        except ValueError:
            return None
        return JSON
    return None


def may_be_front_page(url: str, title: str) -> bool:
    """Whether a page has the address of a site's or a column's front page, or the site's name for its
    title (the title tag's text).
    """
    return (
        _INDEX_PATH.search(_path(url)) is not None or _SITE_NAME.search(title.strip()) is not None
    )


def is_root(url: str) -> bool:
    """Whether an address is that of a whole site: ``http://us.mofcom.gov.cn/index.shtml``."""
    return _INDEX_PATH.fullmatch(_path(url)) is not None


def _path(url: str) -> str:
    try:
        return urlsplit(url).path or "/"
    except ValueError:
        return ""
