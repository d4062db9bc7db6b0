"""www.mofcom.gov.cn, October 2020 to 2023: `.art-title` over `.art-con.art-con-bottonmLine` (sic).

Selectors from RSSHub (DIYgod/RSSHub `lib/v2/gov/mofcom/article.js`); JPaaS pages with the same body
class but `#artitle` are the next generation.
"""

from services.parser.layouts.layout import Layout

ARTICLE_2020 = Layout(
    name="article-2020",
    confidence=0.9,
    marks=(".art-con.art-con-bottonmLine",),
    title=(".art-title", "#artitle"),
    body=(".art-con-gonggao, .art-con.art-con-bottonmLine",),
    header=(".article-tool .at-left", ".at-left", ".art-source", "#arsource", ".article-tool"),
    title_variable="atitle",
)
