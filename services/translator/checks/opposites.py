"""Words whose opposite is the worst error: import and export, rise and fall, first and second."""

import re

from services.translator.checks.flag import Flag

_PAIRS = (
    # Chinese of one, English of one, Chinese of the other, English of the other.
    (re.compile(r"(?<![进出])出口(?!处)|进出口|出境"), re.compile(r"\bexport|\bre-export|\boutbound", re.IGNORECASE), re.compile(r"进口|进出口|入境|输入"), re.compile(r"\bimport(?!an)|\bre-import|\binbound", re.IGNORECASE)),
    (re.compile(r"增长|上升|上涨|提高|增加|扩大|攀升|回升"), re.compile(r"\bgr[eo]w|\bgrowth|\bincreas|\brose\b|\brise|\brising|\bup\b|\bhigher|\bexpan|\bgain|\bclimb|\bimprov|\brais|\badd(?:ed|ing|ition)|\benhanc|\bboost|\blarger|\bbroaden|\bwiden|\brecover|\brebound|\bpick(?:ed)? up|\bmore\b|\bgreater|\bscal(?:e|ing)|\bstrengthen|\bpromot|\bupgrad|\bexceed", re.IGNORECASE), re.compile(r"下降|减少|下跌|降低|回落|缩小|萎缩|降至|削减|下滑|收窄"), re.compile(r"\bfell\b|\bfall|\bdecreas|\bdeclin|\bdrop|\bdown\b|\blower|\breduc|\bshr[aiu]nk|\bcontract(?:ed|ion)\b|\bcut|\bnarrow|\bslip", re.IGNORECASE)),
    (re.compile(r"列入|纳入|增列"), re.compile(r"\badd|\binclud|\blist|\bplac|\bput\b|\bincorporat|\binto\b|\bunder\b|\bbring|\bsubject", re.IGNORECASE), re.compile(r"移出|移除|删除|剔除|撤销|解除"), re.compile(r"\bremov|\bdelist|\bdelet|\btaken off|\bstruck|\brevok|\blift|\brescind|\brelease|\bexclud|\bwithdr|\bterminat|\bcancel|\bannul", re.IGNORECASE)),
    (re.compile(r"以上|不低于|不少于|至少|(?<!不)超过"), re.compile(r"\bat least|\babove|\bor more|\bmore than|\bover\b|\bnot less|\bno less|\bminimum|\bexceed|\bor higher|\bhigher|\bnot lower|\bno lower|\b(?:and|or) up(?:wards?)?\b|\bbeyond|\bor greater|\bnot fewer|\bno fewer|\bfrom\b|\bor abov|\bor older|\bor later|\bforegoing|\bpreceding|\bthese|\bthose|\bsaid\b|\bsurpass|\btop(?:ped|ping)\b", re.IGNORECASE), re.compile(r"以下|不超过|不高于|不多于|(?<!不)低于|(?<!不)少于|以内|之内|至多"), re.compile(r"\bat most|\bbelow|\bor less|\bless than|\bunder\b|\bno more|\bnot more|\bup to|\bnot exceed|\bor lower|\bwithin|\bfewer|\bmaximum|\bfollowing|\bas follows|\blower|\bsmaller|\bor fewer|\bor belo", re.IGNORECASE)),
)  # fmt: skip
# Clear words of a direction, and all characters that any word of it is written with.
_CLEAR = (
    (re.compile(r"\b(?:fell|fallen|falling|decreas\w+|declin\w+|dropp\w+)\b", re.IGNORECASE), re.compile(r"[降减跌少缩落低衰退滑负弱下]")),
    (re.compile(r"\b(?:rose|risen|rising|increas\w+|grew|grown)\b", re.IGNORECASE), re.compile(r"[增升涨高加大扩多长进提优强繁旺深]")),
    (re.compile(r"\bdomestic", re.IGNORECASE), re.compile(r"[内本国]")),
    (re.compile(r"\bforeign\b", re.IGNORECASE), re.compile(r"[外洋他涉侨美欧日俄英德法韩各]")),
    (re.compile(r"\bexport", re.IGNORECASE), re.compile(r"[出外销输贸]")),
    (re.compile(r"\bimport(?!an)", re.IGNORECASE), re.compile(r"[进入外输购贸]")),
    (re.compile(r"\bsome\b", re.IGNORECASE), re.compile(r"[些部分有若干某一定个别左右约多几]")),
)  # fmt: skip
_EXPORT_ZH, _IMPORT_ZH = re.compile(r"(?<!进)出口(?!处)"), re.compile(r"进口(?!博览)")
_EXPORT_EN, _IMPORT_EN = re.compile(r"\bexport|\bre-export|\boutbound|\bshipment", re.IGNORECASE), re.compile(r"\bimport(?!an)|\bre-import|\binbound", re.IGNORECASE)  # fmt: skip
_TRADED_ZH = re.compile(r"进出口(?!商品交易会)")
_TRADE_EN = re.compile(r"\btrad(?:e|ing|ers?)\b|\bcustoms\b", re.IGNORECASE)
_ORDINAL_ZH = re.compile(
    r"第(?P<n>[一二三四])(?:批|次|轮|届|期|个|阶段|步|位|大|部分)|第?(?P<quarter>[一二三四])季度"
    r"|(?P<half>[上下])半年|(?P<start>首)(?:批|次|个|轮|届)"
)
_AS_NUMERAL = {"上": "一", "下": "二", "首": "一"}
_ORDINALS_EN = {
    "一": r"first|1st|debut|inaugural|\bone\b|\bI\b|\bQ?1\b|initial|top|biggest|largest",
    "二": r"second|2nd|\btwo\b|\bII\b|\bQ?2\b|runner",
    "三": r"third|3rd|\bthree\b|\bIII\b|\bQ?3\b",
    "四": r"fourth|4th|\bfour\b|\bIV\b|\bQ?4\b|last",
}
_ANY_ORDINAL_EN = re.compile(r"\b(?:first|second|third|fourth)\b", re.IGNORECASE)
_ANY_FIRST_ZH = re.compile(r"[一首先初1前始原]|第")
_ANY_SECOND_ZH = re.compile(r"[二再2两秒]|[一其]次|次[年月日于要]")


def check_opposites(source: str, text: str) -> list[Flag]:
    """Flags words whose opposite is in the source, or for which the source has no word at all."""
    flags = []
    for one_zh, one_en, other_zh, other_en in _PAIRS:
        one, other = one_zh.search(source), other_zh.search(source)
        if one and not other and other_en.search(text) and not one_en.search(text):
            flags.append(Flag("opposite", f"{one.group()}: {_first(other_en, text)}"))
        if other and not one and one_en.search(text) and not other_en.search(text):
            flags.append(Flag("opposite", f"{other.group()}: {_first(one_en, text)}"))
    if flags:
        return flags
    flags += _invented(source, text)
    flags += _both_ways(source, text)
    flags += _ordinals(source, text)
    return flags


def _invented(source: str, text: str) -> list[Flag]:
    return [
        Flag("opposite", found.group())
        for english, characters in _CLEAR
        if (found := english.search(text)) and not characters.search(source)
    ]


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
            Flag("opposite", match.group())
            for match in _ORDINAL_ZH.finditer(source)
            if not re.search(_ordinal(match), text, re.IGNORECASE)
        ]
    for word, characters in (("first", _ANY_FIRST_ZH), ("second", _ANY_SECOND_ZH)):
        if re.search(rf"\b{word}\b", text, re.IGNORECASE) and not characters.search(source):
            flags.append(Flag("opposite", word))
    return flags


def _ordinal(match: re.Match[str]) -> str:
    printed = next(group for group in match.groups() if group)
    return _ORDINALS_EN[_AS_NUMERAL.get(printed, printed)]


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found.group() if found else ""
