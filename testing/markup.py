"""Sets texts into the site's own markup of each period."""

import re
from collections.abc import Callable, Iterable, Mapping
from html import escape

_DIGITS = re.compile(r"(\d+)")
_BESIDE_DIGITS = re.compile(r"(?<=[一-龥〔，、：])(?=\d)|(?<=\d)(?=[一-龥〕，、：])")


def page_2018(
    title: str,
    body: str,
    *,
    url: str = "http://www.mofcom.gov.cn/article/b/c/201806/20180602755321.shtml",
    time: str = "2018-06-08 09:22:41",
    column: str = "部令公告",
    source: str = "商务部条约法律司",
    kind: str = "政策",
    script: str = "",
) -> bytes:
    """www.mofcom.gov.cn, 2018-2019: `content` before `name`, variables, `div#zoom.artCon`."""
    return f"""<!DOCTYPE html SYSTEM "about:legacy-compat">
<html>
<head>
<META http-equiv="Content-Type" content="text/html; charset=UTF-8">
<meta charset="utf-8">
<meta content="中华人民共和国商务部网站" name="description">
<meta content="中华人民共和国商务部" name="SiteName">
<meta name="SiteName" content="中华人民共和国商务部"  />
<meta name="ColumnName" content="{column}"  />
<meta content="{escape(title)}" name="ArticleTitle">
<meta content="{time}" name="PubDate">
<meta content="{source}" name="ContentSource">
<meta content="" name="Author">
<meta content="{url}" name="Url">
<title>{escape(title)}</title>
</head>
<body>{script}
<script type="text/javascript">
		var aid = "{url.rsplit("/", 1)[-1].split(".")[0]}";
		var sid = "www";
		var atitle = "{escape(title)}";
		var akeyworks = ",";
		var author = "";
		var source = "{source}";
		var contype = "{kind}";
		var atype = "原创";
		var subtitle = "";
		var totalpage = "1";
		var tm = "{time}";
		var commentflag  = "0";
		var infoUrl  = "{url}";
	</script>
<div class="header"><div class="w1200 f-pr"><div class="H-img"><img src="/img/bg/banner.png"></div>
</div></div>
<div class="nav"><ul class="f-cb"><li><a href="/index.shtml">首　页</a></li>
<li><a href="/zx.shtml">政务公开</a></li></ul></div>
<div class="w1200">
<div class="article f-mt40 m-con-01">
<div class="hd f-tac">
<!--标题-->
<h1 id="artitle">{escape(title)}</h1>
<p id="arsource">
文章来源：<script language="JavaScript">document.write(source);</script>　　<script>
document.write(tm.substring(0,16));</script>　　文章类型：<script>document.write(atype);</script>
</p>
</div>
<div id="zoom" class="artCon">
<!--文章正文-->

{body}
 <script>currentpage=1;</script>

</div>
<div class="artLabel"><script>var word=akeyworks.split(",");</script></div>
<div class="relative"><ul></ul></div>
</div>
</div>
<script>
	function mulu() {{
		var arrUrl=document.location.toString().split("//");
		window.location.href=arrUrl[1].substring(0, 6);
	}}
</script>
<div class="footer f-mt30"><p><span>版权所有：中华人民共和国商务部</span>
<span>网站标识码bm22000001</span><span>京ICP备05004093号</span></p></div>
</body>
</html>""".encode()


def page_2020(
    title: str,
    body: str,
    *,
    time: str = "2023-01-10 15:04",
    column: str = "工作通知",
    source: str = "流通业发展司",
) -> bytes:
    """www.mofcom.gov.cn, October 2020 to 2023: `.art-title` over `.art-con-bottonmLine`."""
    return f"""<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<meta name="SiteName" content="中华人民共和国商务部">
<meta name="ColumnName" content="{column}">
<meta name="ArticleTitle" content="{escape(title)}">
<meta name="PubDate" content="{time}">
<meta name="ContentSource" content="{source}">
<title>{escape(title)}</title>
</head>
<body>
<section class="main"><section class="container">
<section class="location f-mt20"><a href="/index.shtml">首页</a><i>&gt;</i>
<a href="/zwgk/">政务公开</a></section>
<section class="article-tool f-cb"><div class="at-left">
<p>来源：{source}　类型：原创　分类：政策</p>
<p>{time}</p></div><div class="bdsharebuttonbase"><a href="#">分享到</a></div></section>
<div class="art-title">{escape(title)}</div>
<DIV class="art-con art-con-bottonmLine">
{body}
</DIV>
</section></section>
<div class="footer"><p>版权所有：中华人民共和国商务部</p><p>京ICP备05004093号</p></div>
</body>
</html>""".encode()


def page_2026(
    title: str,
    body: str,
    *,
    url: str = "/tzgg/art/2026/art_7ad4508a20f04807b4926134a6f9d10c.html",
    time: str = "2026-01-04 18:53",
    published: str = "2026-01-06 17:06",
    column: str = "通知公告",
    source: str = "外贸司",
    validity: str = "",
) -> bytes:
    """JPaaS: `name` before `content`, end tags for metas, `#artitle.art-title`, `#zoom.art-con`."""
    status = f"<span>时效状态：{validity}</span>" if validity else ""
    return f"""<!DOCTYPE html SYSTEM "about:legacy-compat">
<html>
<head>
<META http-equiv="Content-Type" content="text/html; charset=UTF-8">
<meta charset="utf-8">
<link href="/cms_files/x/app.css" rel="stylesheet">
</link></meta></META><script src="/cms_files/default/script/jslib/jquery.js"></script>
<title>{escape(title)}</title>
<meta name="ColId" content="61860ea5598246bc810de32a11baba2d">
<meta name="SiteName" content="中华人民共和国商务部">
<meta name="ColumnName" content="{column}">
<meta name="ColumnDescription" content="">
<meta name="ArticleTitle" content="{escape(title)}">
<meta name="PubDate" content="{published}">
<meta name="ContentSource" content="{source}">
<meta name="Url" content="{url}">
<meta name="MakeTime" content="2026-08-24 17:37:40">
<meta id="pagetype" content="1">
</meta></meta></meta></meta></meta></meta></meta></meta></head>
<body><div id='barrierfree_container'>
	<section class="main"><section class="container f-pr f-ptb0"><div class="wms-con">
<div class="mCol">
<section class="location f-mt20"><a href="/index.html">首页</a><i>&gt;</i>
<a href="/tzgg/index.html">{column}</a></section>
<section class="article-tool f-cb"><div class="at-left">
<p>
	来源：{source}
	<span class="m-ar-none">类型：原创</span>
		<span class="m-ar-none">分类：政策</span>{status}
</p>
<p>
	{time}
</p></div></section></div>
<div class="col-lg-9 col-md-9 jgLBox">
<!--标题-->
<div id="artitle" class="art-title">{escape(title)}</div>
<div id="zoom" class="art-con">
<!--文章正文-->
{body}
</div><section class="article-tool f-cb m-ar-none"><div class="at-left"></div></section>
</div></div></section></section></div></body>
</html>""".encode()


def paragraphs(lines: Iterable[str]) -> str:
    """Lines as the editor's paragraphs, empty ones between some of them as on the site."""
    return "".join(f'<p style="text-indent: 2em;">{escape(line)}</p>' for line in lines)


def broken_spans(lines: Iterable[str]) -> str:
    """Lines as Word paste leaves them: every run of digits in a span of its own, padding as
    U+00A0, empty paragraphs between.
    """
    parts = []
    for line in lines:
        pieces = (
            f'<span style="font-family:Times New Roman">{part}</span>'
            if part.isdigit()
            else f'<span style="font-family:仿宋_GB2312">{escape(part)}</span>'
            for part in _DIGITS.split(line)
            if part
        )
        parts.append(
            '<p style="margin: 0pt; text-align: justify;"><span style="font-size: 16pt;">&#xa0; '
            + "".join(pieces)
            + '</span><span style="font-size: 16pt;"></span></p><p><br /></p>'
        )
    return "".join(parts)


def with_breaks(lines: Iterable[str]) -> str:
    """Lines in one paragraph with breaks between, in upper case tags as in the older editor."""
    return "<P>" + "<BR>".join("　　" + escape(line) for line in lines) + "</P>"


def spaced_digits(lines: Iterable[str]) -> str:
    """Lines with the spaces that Word sets between Chinese characters and digits."""
    return paragraphs(_BESIDE_DIGITS.sub(" ", line) for line in lines)


SETTINGS: Mapping[str, Callable[[Iterable[str]], str]] = {
    "paragraphs": paragraphs,
    "broken_spans": broken_spans,
    "with_breaks": with_breaks,
    "spaced_digits": spaced_digits,
}
