"""JPaaS, www.mofcom.gov.cn and the ministry's own hosts since 2023/24: `…/art/YYYY/art_….html`.

https://xkzj.mofcom.gov.cn/tzgg/art/2026/art_7ad4508a20f04807b4926134a6f9d10c.html; the label block
may be in its own `.art-con-gonggao`, and a page may have several `.art-con`.
"""

from services.parser.layouts.layout import Layout

JPAAS_2024 = Layout(
    name="jpaas-2024",
    confidence=0.95,
    marks=(
        "meta[name=MakeTime], meta[name=ColId], #barrierfree_container, #artitle.art-title",
        "#zoom, .art-con",
    ),
    title=("#artitle", ".art-title"),
    body=(".art-con, .art-con-gonggao", "[ergodic=article]", "#zoom"),
    header=(".article-tool .at-left", ".at-left"),
    labels=(".art-con-info", ".xxgk_head", ".content_head"),
)
