"""www.mofcom.gov.cn, 2013 to about 2017: `/article/…/YYYYMM/<14 digits>.shtml`.

Known from crawlers of those years (uapdw/spider, myirelias/white_list): two templates side by side,
`.artTitle` with `.artCon`, and `#artitle` with `.cont`; sub-sites set both in `.guider`.
"""

from services.parser.layouts.layout import Layout

ARTICLE_2013 = Layout(
    name="article-2013",
    confidence=0.8,
    marks=(".artTitle, #artitle, .guider h4", ".artCon, .cont, .guider"),
    title=(".artTitle", "#artitle", ".guider h4"),
    body=(".artCon", ".cont", ".guider"),
    header=(".artSource", "#arsource", ".from", ".source"),
    title_variable="atitle",
)
