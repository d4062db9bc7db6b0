"""How a sentence says until when a document is in force (data)."""

from shared.chinese.acts import APPLY, EXTEND, any_of
from shared.chinese.dates import DATE, DAY, YEAR
from shared.chinese.form import Form, Forms
from shared.chinese.numerals import HUNDREDS
from shared.chinese.periods import PERIOD

_TERM = any_of(
    *("有效期限?", "有效时间", "试行期限?", "实施期限?", "执行期限?", "施行期限?", "适用期限?"),
    *("征收期限", "政策期限", "试点期限?", "暂停期限", "排除期限", "(?<!调查)(?<!审)期限"),
)
_TO = "(?:至|到|截至)"
# A day that ends it, with or without the year of the day before it: 自2026年1月1日起至12月31日.
_END_OF_YEAR = r"\s?年(?:年底|底|末)"
_LAST = rf"(?P<last>{DAY}|{YEAR}{_END_OF_YEAR})"
_COUNTED = rf"(?P<length>{PERIOD}(?![前度初底末份内起]))"
ENDS = Forms(
    Form(
        "until",
        rf"(?P<what>{_TERM})(?!限?(?:为|是)?\d[^。；，：\n]{{0,4}}：)(?:均|暂定|暂)?(?:为|是|：)?(?:{PERIOD}，(?:即)?(?=自))?[^。；，\n]{{0,40}}?{_TO}\s?{_LAST}",
        yes=(
            "有效期至2027年12月31日",
            "实施期限为3年，自2017年5月22日至2020年5月21日",
            "实施期限自2024年1月1日起至2026年12月31日",
            "执行期限为2026年1月1日至12月31日",
        ),
        no=(
            "调查期限至2027年12月31日",
            "有效期5年",
            "实施期限3年：2025年5月22日至2026年5月21日税率为45%",
        ),
    ),
    Form(
        "until",
        rf"(?P<what>(?:{APPLY}|实行|试行|有效))，?{_TO}\s?{_LAST}",
        yes=("执行至2027年12月31日", "有效至2027年12月31日", "起执行，至2027年12月31日止"),
        no=("延长至2027年12月31日",),
    ),
    Form(
        "for",
        rf"(?P<what>{_TERM})(?:均|暂定|暂)?(?:为|是)?{_COUNTED}，(?P<from>[自从]{DATE}起)计?算",
        yes=("有效期1年，自2025年7月1日起计算", "实施期限为5年，自2025年7月1日起算"),
    ),
    Form(
        "for",
        rf"(?P<what>{_TERM})(?:均|暂定|暂)?(?:为|是)?(?!不超过)(?P<from>(?:[自从]?{DATE}(?:[起算]|开始)*，?)?)"
        rf"(?:为期)?{_COUNTED}",
        yes=("有效期5年", "实施期限自2018年8月20日起5年", "实施期限为3年", "试行期一年"),
        no=("有效期不超过5年",),
    ),
    Form(
        "for",
        rf"(?P<what>试行|暂行|为期)(?P<from>){_COUNTED}",
        yes=("试行两年", "为期5年"),
        no=("试行办法",),
    ),
    # 自2024年1月1日至2026年12月31日，对…免征关税: the verb stands behind (acts of effect_forms.py).
    Form(
        "range",
        rf"[自从](?P<what>)(?P<from>[^。；，\n自从]{{2,24}}?)起?{_TO}\s?{_LAST}(?:（[^（）\n]{{1,12}}）)?(?:止|期间|有效)*",
        yes=("自2025年1月5日起至2025年6月30日止", "自即日起至2026年11月10日"),
        no=("自2025年1月5日起",),
    ),
    Form(
        "lapses",
        rf"(?:自|于|至)?{_LAST}(?P<begins>起)?(?P<what>(?:自动|自行|同时|即行)*(?:废止|失效|停止(?:{APPLY})))(?!的)",
        yes=("自2028年1月1日起自动失效", "2027年12月31日废止"),
        no=("自2028年1月1日起施行",),
    ),
)
# A day that is printed as 2027年底.
YEAR_END = Forms(
    Form("year's end", rf"(?P<year>{YEAR}){_END_OF_YEAR}", yes=("2027年底",), no=("2027年",)),
    anchored=True,
)
# Before it: what the term is of, where it is not the document.
ANOTHERS_TERM = Forms(
    Form(
        "paper",
        r"(?:证|书|单|函|票|件|照|卡|批文|许可|资质|资格|合同|协议|备案|文号|代码|账户|报价|承诺|配额|额度|商标|专利)"
        r"(?:自[^，。；\n]{1,16}起)?(?:的|（[^（）]*）)?$",
        yes=("进口许可证", "关税配额证的", "合同", "批准文件"),
        no=("本公告", "本办法"),
    ),
    Form(
        "step",
        r"(?:公示|申请|受理|报名|招标|投标|评审|答辩|调查|复审|审查|审批|办理|报送|申报|登记|征求意见|缴纳|保存|保管|质保|任期|聘期"
        r"|过渡|整改|履行|服务|培训|参展|展览|展出|交货|发运|使用|停留|居留)(?:的)?$",
        yes=("公示", "反倾销调查", "申请受理"),
        no=("措施",),
    ),
)
_ITEM = rf"\s?(?:[{HUNDREDS}\d]{{1,3}}[、.])?\s?"
# All that the sentence says before its term: 五、自2025年12月17日起，|实施期限5年, 优惠政策|执行期限为….
BEFORE_TERM = Forms(
    Form(
        "policy",
        rf"{_ITEM}(?:本|该|此项|上述)?[^，。；：]{{0,6}}政策的?$",
        yes=("政策", "四、本优惠政策", "上述税收政策的"),
        no=("按照政策规定的",),
    ),
    Form(
        "from",
        rf"{_ITEM}自{DATE}起，?$",
        yes=("五、自2025年12月17日起，", "自2025年12月17日起"),
        no=("企业自2025年12月17日起，",),
    ),
    anchored=True,
)
# A sentence of its own on the term of what the one before it orders: 对…征收反倾销税。实施期限5年。
ALONE = Forms(
    Form(
        "alone",
        rf"{_ITEM}(?:实施|征收|执行|施行)期限",
        yes=("实施期限5年", "五、征收期限自2025年5月7日起5年"),
        no=("许可证的实施期限", "有效期5年"),
    ),
    anchored=True,
)
# In the sentence: what goes on is another document or measure, or the term is a limit.
NOT_ITS_OWN = Forms(
    # 期满可延长 says what may come of it; the term of a certificate is mostly said so.
    Form(
        "may be prolonged",
        rf"(?:可以?|可视情况?|视情况?|是否|如需|需要|申请)(?:适当|再次|继续|相应|申请|办理)*(?:{EXTEND}|续期|申请)",
        yes=("期满可延长", "可以申请", "可视情延长", "视情延长"),
        no=("期限延长至",),
    ),
    Form("prolonged", EXTEND, yes=("有效期延长至",), no=("有效期",)),
    Form("limit", "不超过|不得超过|最长|原则上|一般为", yes=("不超过",), no=("超过",)),
)
# A quota is one year's: 2026年粮食进口关税配额申请和分配细则.
QUOTAS = Forms(
    Form(
        "year",
        rf"(?P<year>{YEAR})\s?年度?(?!第)(?:(?!{YEAR})[^。《》]){{0,40}}?(?:配额|允许量|总量控制指标)",
        yes=("2026年粮食进口关税配额", "2026年度原油非国营贸易进口允许量"),
        no=("关税配额管理暂行办法", "2026年两用物项和技术进出口许可证管理目录"),
    )
)
