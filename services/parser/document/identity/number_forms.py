"""The words round a document's own number (data)."""

from shared.chinese.acts import AMEND, CORRECT, EXTEND, REPEAL
from shared.chinese.document_numbers import TYPE, YEAR_OF_SERIAL
from shared.chinese.document_types import DOCUMENT_TYPE
from shared.chinese.form import Form, Forms
from shared.chinese.numerals import TENS

# A title that changes or explains a document names that one's number in its brackets.
ABOUT_ANOTHER = Forms(
    Form(
        "about another",
        rf"{REPEAL}|{AMEND}|{EXTEND}|{CORRECT}|解读|问答|答记者|补充",
        yes=("关于废止某公告的公告", "某办法解读", "关于调整某清单的公告"),
        no=("关于公布某目录的公告",),
    )
)
# 关于废止《某办法》的决定（商务部令2019年第5号）: what stands outside the marks is the document itself.
OWN_TYPE = Forms(
    Form(
        "own",
        r"》.{0,20}的(?:决定|通知|公告|通告|函|意见|令)（\s?$",
        yes=("关于废止《某办法》的决定（",),
        no=("《关于某事的决定》（",),
    )
)
YEARS_OF_SERIALS = Forms(
    Form("year", YEAR_OF_SERIAL, yes=("2010年第15号", "〔2010〕15号"), no=("2010年15日",))
)
# Issuers that only the signature names.
SEVERAL = Forms(
    Form(
        "several",
        rf"等[\d{TENS}]{{1,3}}(?:个)?(?:部门|部委|单位)\s?$",
        yes=("商务部等四部门", "商务部等12个部门"),
        no=("等部门",),
    )
)
# 关于某事的通知|商办贸函〔2025〕10号
ENDS_WITH_TYPE = Forms(
    Form("type", DOCUMENT_TYPE + "[ —:：-]+$", yes=("关于某事的通知 ",), no=("关于某事的通知",))
)
# A line, or a title, that ends with the type of a document that is numbered by it.
TYPE_LINES = Forms(
    Form("type", rf"(?:.*?)(?P<type>{TYPE})$", yes=("商务部公告", "令"), no=("公告如下",)),
    anchored=True,
)
# Before a number on its line: 紧急程度 and 密级 (GB/T 9704-2012, 7.2.2 and 7.2.3), the words for a number.
BEFORE_NUMBERS = Forms(
    Form(
        "before",
        r"(?:特急|加急|平急|急件|特提|内部明电|明传电报|(?:发文)?[文字]号：?|编号：?|[\s★]|文件)*$",
        yes=("特急 ", "文号：", ""),
        no=("根据",),
    ),
    anchored=True,
)
# Behind a number at the front of the first line of a text, to which only addressees are glued.
ADDRESSEES_BEHIND = Forms(
    Form(
        "addressees",
        r"(?![文的已和及与、，。）》])[^。；，：《》]{0,20}[^。；：《》]{0,380}：",
        yes=("各省、自治区、直辖市商务主管部门：", "海关总署："),
        no=("文件规定：", "已废止。"),
    ),
    anchored=True,
)
