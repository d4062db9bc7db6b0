"""exportcontrol.mofcom.gov.cn since 2021: `div.bd` after a script with the title and the time.

Title tag and meta tags name the site on every page; the heading is empty until a script runs:
http://exportcontrol.mofcom.gov.cn/article/zcfg/gnzcfg/gzjgfxwj/202410/1057.html
"""

from services.parser.layouts.layout import Layout

EXPORTCONTROL = Layout(
    name="exportcontrol",
    confidence=0.95,
    marks=("#show_title", ".bd"),
    title=("#show_title",),
    body=(".u-art-box .bd", "#show_title ~ .bd"),
    header=(".u-meta",),
    breadcrumb=".u-nav-box",
    title_variable="title",
    generic_titles=frozenset({"中国出口管制信息网"}),
)
