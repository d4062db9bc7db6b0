"""What a line of addressees 主送机关 is made of, and what is none (data)."""

from shared.chinese.form import Form, Forms
from shared.chinese.sentences import STOPS

# What makes a piece of the line a body of its own, and not the region whose bodies are meant.
BODY_WORDS = Forms(
    Form(
        "office",
        r"部门|机构|[厅局委办署院会司处室]|政府|机关|单位|海关|部委|部(?=$|（)|法院|检察院|领导小组|工作组|使领?馆|管委会",
        yes=("商务主管部门", "公安部", "驻外使馆"),
        no=("部分地区", "自治区"),
    ),
    Form(
        "enterprise",
        r"企业|公司|银行|分行|支行|中心|协会|商会|学会|集团|经开区|开发区|自贸|院校|高校|学校|组织",
        yes=("有关中央企业", "国家级经济技术开发区", "有关高校"),
    ),
)
# Regions that share the body behind them: 各省、自治区、直辖市|商务主管部门.
REGIONS = Forms(
    Form(
        "region",
        r"(?:各)?(?:省|自治区|直辖市|计划单列市|副省级.*市|省会.*市|地方|地区|市|县|区)",
        yes=("各省", "计划单列市", "副省级城市"),
        no=("商务部",),
    ),
    anchored=True,
)
# A word that shares what stands before the one before it: 有关部门、|机构.
BARE_WORDS = Forms(
    Form(
        "bare",
        r"(?:有关)?(?:机构|单位|企业|部门|组织|团体|商会|协会|学会)$",
        yes=("机构", "有关单位"),
        no=("中央企业",),
    ),
    anchored=True,
)
# Lines that end with a colon and address nobody.
NOT_ADDRESSED = Forms(
    Form(
        "leads",
        r"如下|下列|以下|附件|通知|公告|决定|规定",
        yes=("现将有关事项通知如下", "附件"),
    ),
    Form("says", r"认为|表示|指出|问|答", yes=("商务部新闻发言人表示", "问")),
    Form(
        "label",
        r"联系|电话|来源|时间|地址|【|：.*：",
        yes=("联系人", "文章来源", "【发布单位】", "甲：乙：丙"),
        no=("甲：乙",),
    ),
    Form("sentence", f"[{STOPS}“”]", yes=("各地要重视。有关部门",)),
    Form(
        "item", r"^一、|^第|^（", yes=("一、有关部门", "第三方机构", "（一）企业"), no=("有关第",)
    ),
)
