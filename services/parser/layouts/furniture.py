"""Lines of the site around a document (data): the path to the page, share bars, buttons, footers.

They are known by their words where their own markup is lost, on a truncated page or one with unbalanced
tags, or where an editor has copied them into the text.
"""

from shared.chinese.characters import HAN
from shared.chinese.form import Form, Forms

_SHARED_TO = "微信|朋友圈|新浪|腾讯|人人网|微博|好友|QQ|空间|豆瓣|Facebook|Twitter|LinkedIn"
_BUTTONS = (
    r"字[体号](?:大小)?|打印(?:本[页文]|此页)?|关闭(?:本页|此页|窗口|页面)?|返回(?:顶部|首页|列表|上一?[页级])?"
    r"|收藏(?:本页|此页)?|我要纠错|纠错|复制链接|推荐给?(?:朋友)?|设为首页|加入收藏|TOP"
)

# Paragraphs of the site, whole sentences among them.
DISCLAIMERS = Forms(
    Form(
        "disclaimer",
        r"[（\(【\[]?\s*(?:免责|版权|重要|特别)?声\s*明\s*[:：】]\s*(?:\d\s*[.、]\s*)?"
        r"(?:凡|本(?:网|站|文|页)|以上(?:内容|信息|文章)|该(?:文|内容)|(?:文章|文中|转载|所载)|(?:未经|任何)[^，。]{0,20}(?:授权|许可|转载))"
        r"|[（\(【\[]?\s*免责声明",
        yes=(
            "免责声明：本网站所载文章仅供参考，不代表商务部立场。",
            "声明：凡注明来源的文章，版权归原作者所有。",
            "【免责声明】",
        ),
        no=("声明：中方决定采取反制措施。", "商务部声明", "特别声明：商务部决定"),
    ),
    anchored=True,
)
# Whole lines, as printed.
FURNITURE = Forms(
    Form(
        "path",
        r"(?:[您你](?:当前|现在|目前)?(?:所在|所处)?|当前|现在|目前|所在)的?(?:所在)?的?位置(?:是|为)?\s*[:：].{0,150}$"
        r"|首\s*页\s*(?:[>＞»›→]+\s*[^>＞»›→。；]{1,30}){1,8}$"
        r"|(?:Home|Home ?page)\s*(?:[>»›]+\s*[^>»›]{1,40}){1,8}$"
        r"|(?:You are here|Your position|Current location)\s*[:：].{0,150}$",
        yes=(
            "Home > News Release > Significant News",
            "当前位置：首页 > 政务公开 > 正文",
            "您现在的位置: 首页-政策发布",
            "您所在的位置：首页",
            "首页 >> 政务公开 >> 正文",
        ),
        no=("地理位置：某市某路", "首页使用的文种", "当前位置的变化"),
    ),
    Form(
        "share bar",
        rf"分享(?:到|至|给)?\s*[:：]?(?:{_SHARED_TO}|[\s、，|])*$|扫一扫.{{0,12}}$",
        yes=("分享到：微信 新浪微博 QQ空间", "分享到", "扫一扫在手机打开当前页"),
        no=("分享经济发展指南",),
    ),
    Form(
        "buttons",
        rf"(?=[^字打关返收我纠复推设加T]{{0,3}}(?:{_BUTTONS}))"
        rf"(?:{_BUTTONS}|[\[【（\(\]】）\)|｜\s:：、/]|[大中小](?![{HAN}]{{2}}))+$",
        yes=(
            "打印",
            "【打印本页】 【关闭窗口】 【我要纠错】",
            "字号：大 中 小 打印 关闭",
            "【字体： 小】【】【】",
            "[关闭]",
            "返回顶部",
        ),
        no=("打印机", "大", "小中大", "关闭的企业", "（一）", "返回地点"),
    ),
    Form(
        "neighbours",
        r"[上下]一[篇页条个]\s*[:：].*$|[上下]一[篇页条]\s*(?:没有了|无)?$|没有了$",
        yes=("上一篇：某通知", "下一条：没有了", "下一页"),
        no=("上一级主管部门",),
    ),
    Form(
        "related",
        r"(?:相关|延伸|推荐|热点)(?:链接|阅读|报道|稿件|新闻|文章|推荐|解读)\s*(?:[:：].{0,120})?$",
        yes=("相关链接：", "相关阅读：商务部公告2024年第46号", "延伸阅读"),
        no=("相关文件", "相关链接设备的规定"),
    ),
    # (What stands below it is not the document's, either.)
    Form(
        "comments",
        r"(?:(?:网友|用户|最新|热门|精彩|全部|所有|相关)(?:评论|留言|跟帖)|(?:我要|发表)(?:评论|留言)|评论(?:列表|区)|留言板)"
        r"\s*(?:[（\(]?\d+\s*条?[）\)]?)?\s*[:：]?$",
        yes=("网友评论", "最新评论（3）", "我要评论：", "评论列表"),
        no=("评论意见", "公众留言的处理"),
    ),
    Form(
        "editor",
        r"[（\(\[【]?\s*(?:责任编辑|责编|网络编辑|值班编辑|编辑)\s*[:：].{0,40}$",
        yes=("（责任编辑：某某）", "编辑：甲 审核：乙"),
        no=("编辑出版物：",),
    ),
    Form(
        "counter",
        r"(?:浏览|阅读|点击|访问)(?:次数|量|数)?\s*[:：]\s*(?:\d+\s*次?)?$|打印(?:时间|日期)\s*[:：].{0,30}$",
        yes=("浏览次数：1234", "阅读：99次", "打印时间：2025年11月9日"),
        no=("访问：某国总统",),
    ),
    Form(
        "caption",
        r"(?:图为|图片来源\s*[:：]|摄影\s*[:：]).{1,60}$",
        yes=("图为会议现场", "图片来源：某社"),
        no=("图1：流程",),
    ),
    Form(
        "footer",
        r"\(All information published on this website is authentic in Chinese\..*"
        r"|版权所有[:：].*$|主办单位[:：]中华人民共和国商务部.*$|网站管理[:：].*$|技术支持(?:电话)?[:：].*$"
        r"|.{0,12}京(?:公网安备|ICP备\d+).*$|.{0,4}网站标识码.{0,20}$",
        yes=(
            "版权所有：中华人民共和国商务部",
            "京ICP备05004093号-1 网站标识码bm22000001",
            "网站标识码bm22000001",
        ),
        no=("某办法版权所有人",),
    ),
    anchored=True,
)
