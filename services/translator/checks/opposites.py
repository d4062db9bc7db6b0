"""Words whose opposite is the worst error: import and export, rise and fall, first and second."""

from services.translator.checks.flag import Flag
from services.translator.checks.words import Invented, Opposites, Rows
from shared.chinese.form import Form, Forms, Found

_PAIRS = Rows(
    Opposites(
        (r"(?<![进出])出口(?!处)|进出口|出境", r"\bexport|\bre-export|\boutbound"),
        (r"进口|进出口|入境|输入", r"\bimport(?!an)|\bre-import|\binbound"),
        right={"出口增长": "exports grew", "进口增长": "imports grew"},
        wrong={"出口增长": "imports grew", "进口货物": "export goods"},
    ),
    Opposites(
        (r"增长|上升|上涨|提高|增加|扩大|攀升|回升", r"\bgr[eo]w|\bgrowth|\bincreas|\brose\b|\brise|\brising|\bup\b|\bhigher|\bexpan|\bgain|\bclimb|\bimprov|\brais|\badd(?:ed|ing|ition)|\benhanc|\bboost|\blarger|\bbroaden|\bwiden|\brecover|\brebound|\bpick(?:ed)? up|\bmore\b|\bgreater|\bscal(?:e|ing)|\bstrengthen|\bpromot|\bupgrad|\bexceed"),
        (r"下降|减少|下跌|降低|回落|缩小|萎缩|降至|削减|下滑|收窄", r"\bfell\b|\bfall|\bdecreas|\bdeclin|\bdrop|\bdown\b|\blower|\breduc|\bshr[aiu]nk|\bcontract(?:ed|ion)\b|\bcut|\bnarrow|\bslip"),
        right={"同比增长": "up year on year", "同比下降": "down year on year"},
        wrong={"同比增长": "down year on year", "同比下降": "grew year on year"},
    ),
    Opposites(
        (r"列入|纳入|增列", r"\badd|\binclud|\blist|\bplac|\bput\b|\bincorporat|\binto\b|\bunder\b|\bbring|\bsubject"),
        (r"移出|移除|删除|剔除|撤销|解除", r"\bremov|\bdelist|\bdelet|\btaken off|\bstruck|\brevok|\blift|\brescind|\brelease|\bexclud|\bwithdr|\bterminat|\bcancel|\bannul"),
        right={"将某公司列入清单": "is added to the list"},
        wrong={"将某公司列入": "is removed", "将某公司移出": "is added"},
    ),
    Opposites(
        (r"以上|不低于|不少于|至少|(?<!不)超过", r"\bat least|\babove|\bor more|\bmore than|\bover\b|\bnot less|\bno less|\bminimum|\bexceed|\bor higher|\bhigher|\bnot lower|\bno lower|\b(?:and|or) up(?:wards?)?\b|\bbeyond|\bor greater|\bnot fewer|\bno fewer|\bfrom\b|\bor abov|\bor older|\bor later|\bforegoing|\bpreceding|\bthese|\bthose|\bsaid\b|\bsurpass|\btop(?:ped|ping)\b"),
        (r"以下|不超过|不高于|不多于|(?<!不)低于|(?<!不)少于|以内|之内|至多", r"\bat most|\bbelow|\bor less|\bless than|\bunder\b|\bno more|\bnot more|\bup to|\bnot exceed|\bor lower|\bwithin|\bfewer|\bmaximum|\bfollowing|\bas follows|\blower|\bsmaller|\bor fewer|\bor belo"),
        right={"3人以上": "three persons or more", "不超过3人": "no more than three persons"},
        wrong={"3人以上": "fewer than three persons", "不超过3人": "at least three persons"},
    ),
)  # fmt: skip
# Clear words of a direction, and all characters that any word of it is written with.
_CLEAR = Rows(
    Invented("opposite", r"[降减跌少缩落低衰退滑负弱下]", r"\b(?:fell|fallen|falling|decreas\w+|declin\w+|dropp\w+)\b",
             right={"回落": "fell"}, wrong={"保持稳定": "fell"}),
    Invented("opposite", r"[增升涨高加大扩多长进提优强繁旺深]", r"\b(?:rose|risen|rising|increas\w+|grew|grown)\b",
             right={"扩大": "increased"}, wrong={"保持稳定": "rose"}),
    Invented("opposite", r"[内本国]", r"\bdomestic",
             right={"国内市场": "the domestic market"}, wrong={"境外市场": "the domestic market"}),
    Invented("opposite", r"[外洋他涉侨美欧日俄英德法韩各]", r"\bforeign\b",
             right={"涉外": "foreign"}, wrong={"国内市场": "the foreign market"}),
    Invented("opposite", r"[出外销输贸]", r"\bexport", right={"外销": "export"}, wrong={"进口": "export"}),
    Invented("opposite", r"[进入外输购贸]", r"\bimport(?!an)",
             right={"外购": "import", "重要": "important"}, wrong={"出口": "import"}),
    Invented("opposite", r"[些部分有若干某一定个别左右约多几]", r"\bsome\b",
             right={"部分企业": "some enterprises"}, wrong={"全体企业": "some enterprises"}),
)  # fmt: skip
_FIRST_AND_SECOND = Rows(
    Invented("opposite", r"[一首先初1前始原第]", r"\bfirst\b", right={"首次": "for the first time"}, wrong={"两批": "the first batch"}),
    Invented("opposite", r"[二再2两秒]|[一其]次|次[年月日于要]", r"\bsecond\b", right={"再次": "a second time"}, wrong={"三批": "the second batch"}),
)  # fmt: skip
_EXPORT_ZH = Forms(Form("export", r"(?<!进)出口(?!处)", yes=("出口",), no=("进出口", "出口处")))
_IMPORT_ZH = Forms(Form("import", r"进口(?!博览)", yes=("进口",), no=("进口博览会",)))
_TRADED_ZH = Forms(
    Form("both", r"进出口(?!商品交易会)", yes=("进出口",), no=("中国进出口商品交易会",))
)
_EXPORT_EN = Forms(
    Form("export", r"(?i:\b(?:export|re-export|outbound|shipment))", yes=("Exports",), no=("port",))
)
_IMPORT_EN = Forms(
    Form(
        "import", r"(?i:\b(?:import(?!an)|re-import|inbound))", yes=("Imports",), no=("important",)
    )
)
_TRADE_EN = Forms(
    Form(
        "trade",
        r"(?i:\b(?:trad(?:e|ing|ers?)|customs)\b)",
        yes=("trade", "customs"),
        no=("traded",),
    )
)
_ORDINALS_ZH = Forms(
    Form("of several", r"第(?P<number>[一二三四])(?:批|次|轮|届|期|个|阶段|步|位|大|部分)", yes=("第一批", "第三届"), no=("第十一批", "第三方")),
    Form("quarter", r"第?(?P<number>[一二三四])季度", yes=("一季度", "第二季度")),
    Form("first half", r"上半年", yes=("上半年",)),
    Form("second half", r"下半年", yes=("下半年",)),
    Form("very first", r"首(?:批|次|个|轮|届)", yes=("首批",), no=("首都",)),
)  # fmt: skip
_AS_NUMERAL = {"first half": "一", "second half": "二", "very first": "一"}
_ORDINALS_EN = {
    "一": Forms(Form("first", r"(?i:first|1st|debut|inaugural|\bone\b|\bI\b|\bQ?1\b|initial|top|biggest|largest)", yes=("the first batch", "Q1"), no=("the second batch",))),
    "二": Forms(Form("second", r"(?i:second|2nd|\btwo\b|\bII\b|\bQ?2\b|runner)", yes=("the second batch", "Q2"), no=("the first batch",))),
    "三": Forms(Form("third", r"(?i:third|3rd|\bthree\b|\bIII\b|\bQ?3\b)", yes=("the third batch",), no=("the first batch",))),
    "四": Forms(Form("fourth", r"(?i:fourth|4th|\bfour\b|\bIV\b|\bQ?4\b|last)", yes=("the fourth batch",), no=("the first batch",))),
}  # fmt: skip
_ANY_ORDINAL_EN = Forms(
    Form("ordinal", r"(?i:\b(?:first|second|third|fourth)\b)", yes=("First",), no=("seconds",))
)


def check_opposites(source: str, text: str) -> list[Flag]:
    """Flags words whose opposite is in the source, or for which the source has no word at all."""
    flags = _PAIRS.flags(source, text)
    if flags:
        return flags
    return _CLEAR.flags(source, text) + _both_ways(source, text) + _ordinals(source, text)


def _both_ways(source: str, text: str) -> list[Flag]:
    """Flags a sentence on imports and exports that does not name both; 进出口 may be trade."""
    exported, imported = _EXPORT_EN.search(text), _IMPORT_EN.search(text)
    if _EXPORT_ZH.search(source) and _IMPORT_ZH.search(source):
        if not exported or not imported:
            return [Flag("opposite", "exports and imports")]
        return []
    one_way = bool(exported) != bool(imported) and not _TRADE_EN.search(text)
    if _TRADED_ZH.search(source) and one_way:
        return [Flag("opposite", "imports and exports")]
    return []


def _ordinals(source: str, text: str) -> list[Flag]:
    """Flags ordinals of the source that are missing: 第一批 is not the second batch."""
    flags = []
    if _ANY_ORDINAL_EN.search(text):
        flags += [
            Flag("opposite", found.text)
            for found in _ORDINALS_ZH.finditer(source)
            if not _ORDINALS_EN[_counted(found)].search(text)
        ]
    return flags + _FIRST_AND_SECOND.flags(source, text)


def _counted(found: Found) -> str:
    """The numeral of 第一批, 一季度, 上半年."""
    return str(found["number"]) if found.holds("number") else _AS_NUMERAL[found.name]
