"""What titles end with, and what stands before them (data). They are folded."""

from shared.chinese.body_forms import ENDS
from shared.chinese.form import Form, Forms

# What a document's title ends with; books and essays stand in 《》 as well.
DOCUMENTS = Forms(
    Form(
        "document",
        r"(?:法|法典|条例|规定|办法|通知|公告|通告|意见|决定|决议|方案|规划|计划|目录|名录|清单|名单|协定|协议|公约|议定书|条约"
        r"|宣言|声明|备忘录|章程|规则|细则|税则|总则|通则|准则|规范|规程|标准|指南|指引|纲要|要点|措施|政策|安排|函|批复|令|公报|解释|条款"
        r"|说明|行动|报告|白皮书|裁定|制度|通报|框架|制裁|管制|倡议|路线图|补充|事项|条件|程序|基准|要求)(?:[（〔][^（）〔〕]*[）〕])*$",
        yes=("中华人民共和国对外贸易法", "某某管理办法（试行）", "某某贸易协定"),
        no=("资本论", "某某申请表"),
    )
)
# Papers that one hands in or holds, and periodicals: cited in 《》 and yet no documents to rest on.
PAPERS = Forms(
    Form(
        "paper",
        r"(?:表|申请书|许可证|证书|证明|证明书|批件|合同|合同书|协议书|问卷|答卷|报关单|通关单|申报单|回执|承诺书"
        r"|保证书|报告书|授权书|委托书|通知书|登记证|告知书|意见书|说明书|执照|许可证件|建议书|确认书|提单|发票|批准书"
        r"|日报|晚报|时报|商报|周报|周刊|杂志|文告|人民网|护照|责任书|倡议书|声明书|计划书|确认函|备案证)(?:（[^（）]*）)?$",
        yes=("进口许可证", "国际商报", "某某申请表（一式三份）"),
        no=("进口许可证管理办法",),
    )
)
# A title of one word stands for a document that was named before.
GENERIC = Forms(
    Form(
        "generic",
        r"(?:本)?(?:办法|条例|规定|通知|公告|决定|细则|意见|方案|目录|清单|法|规则|指导意见|实施细则|暂行办法|管理办法"
        r"|暂行规定|行动计划|行动方案|实施方案|计划|规划|纲要|措施|若干措施|指引|协定|议定书|标准|备忘录|报告|声明|公约|令|函|批复|通报)$",
        yes=("办法", "本规定", "指导意见"),
        no=("某某管理办法",),
    ),
    anchored=True,
)
# 商务部等12部门关于…的意见 and 关于…的意见 are one title.
ISSUED_BY = Forms(
    Form(
        "bodies",
        rf"[^《》，。；]{{2,80}}?(?:{ENDS}|部门|单位|机关|办公室)(?:（[^（）]*）)?(?=关于)",
        yes=("商务部等12部门关于某事的意见", "商务部办公厅（代章）关于"),
        no=("关于商务部等12部门",),
    ),
    anchored=True,
)
