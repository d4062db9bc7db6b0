"""The open-government catalogue on JPaaS, `/zfxxgk/gkml/…`: `.xxgk_title` over `.gsj_htmlcon_bot`.

https://www.mofcom.gov.cn/zfxxgk/gkml/art/2025/art_fdc193e921ce4a298fe46e85c242b54e.html. Other
ministries use the same template with a `dl` of 索引号, 发文字号 and similar labels at the top.
"""

from services.parser.layouts.layout import Layout

JPAAS_GKML = Layout(
    name="jpaas-gkml",
    confidence=0.9,
    marks=(".gsj_htmlcon_bot",),
    title=(".xxgk_title", ".ctitle h2", ".ctitle h1", ".ctitle", "#artitle", ".art-title"),
    body=(".gsj_htmlcon_bot",),
    header=(".subtitle", ".pubtime"),
    labels=(".content_head", ".xxgk_head", ".gsj_content table.headInfo"),
)
