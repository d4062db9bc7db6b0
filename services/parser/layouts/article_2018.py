"""www.mofcom.gov.cn, about 2017 to October 2020: `h1#artitle` over `div#zoom.artCon`.

Source and time are written by script from page variables, so `#arsource` holds no readable text:
http://www.mofcom.gov.cn/article/ae/ag/201808/20180802778676.shtml
"""

from services.parser.layouts.layout import Layout

ARTICLE_2018 = Layout(
    name="article-2018",
    confidence=0.95,
    marks=("h1#artitle", "#zoom.artCon"),
    title=("h1#artitle",),
    body=("#zoom.artCon",),
    header=("#arsource",),
    title_variable="atitle",
)
