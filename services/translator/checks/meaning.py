"""Words whose opposite is the worst error: import and export, not and allowed, rise and fall."""

import re

from services.translator.checks.flag import Flag

_NOT_ZH = re.compile(
    r"不得|不予|不能|不可(?!靠|持续|分|或缺|抗|避免|逆|磨灭)|不准|不许|不再|不应|不需|不含|不包括|不属于|不符合|不受|不适用|不符|未经|未按|未能|未在|尚未|无需|无须|无法|"
    r"禁止|严禁|拒绝|免予|免于|免征|没有|并非|不实|不构成|不存在|不承担|不收取|不改变|不影响|不会|不针对|不涉及|不受理|不接受"
)
# What forbids is not said by "illegal" or "unqualified" somewhere in the sentence.
_FORBIDS_ZH = re.compile(r"不得|不予|不准|不许|禁止|严禁")
_FORBIDS_EN = re.compile(
    r"\b(?:not|no|nor|never|neither|none|nothing|without|cannot|prohibit\w*|forbid\w*|ban|bans|banned|banning"
    r"|barred|refus\w+|reject\w*|den(?:y|ied|ies)|unless|refrain\w*|prevent\w*|exclud\w*)\b|n't\b",
    re.IGNORECASE,
)
_NOT_EN = re.compile(
    _FORBIDS_EN.pattern
    + r"|\b(?:unable|exempt\w*|fail\w*|free of charge|waive\w*|cancel\w*|abolish\w*|revok\w*|withdr\w+|longer"
    r"|absence|lack\w*|beyond|ineligible|unauthori[sz]ed|unlicensed|illegal\w*|false|untrue|inapplicable|unfounded|except\w*)\b"
    r"|\b(?:non|un|in)-?\w*(?:complian|qualif|author|licens|conform|eligib|certif|affect|chang|approv|permit|consisten)\w*",
    re.IGNORECASE,
)
_PAIRS = (
    # Chinese of one, English of one, Chinese of the other, English of the other.
    (re.compile(r"(?<![进出])出口(?!处)|进出口|出境"), re.compile(r"\bexport|\bre-export|\boutbound", re.IGNORECASE), re.compile(r"进口|进出口|入境|输入"), re.compile(r"\bimport(?!an)|\bre-import|\binbound", re.IGNORECASE)),
    (re.compile(r"增长|上升|上涨|提高|增加|扩大|攀升|回升"), re.compile(r"\bgr[eo]w|\bgrowth|\bincreas|\brose\b|\brise|\brising|\bup\b|\bhigher|\bexpan|\bgain|\bclimb|\bimprov|\brais|\badd(?:ed|ing|ition)|\benhanc|\bboost|\blarger|\bbroaden|\bwiden|\brecover|\brebound|\bpick(?:ed)? up|\bmore\b|\bgreater|\bscal(?:e|ing)|\bstrengthen|\bpromot|\bupgrad|\bexceed", re.IGNORECASE), re.compile(r"下降|减少|下跌|降低|回落|缩小|萎缩|降至|削减|下滑|收窄"), re.compile(r"\bfell\b|\bfall|\bdecreas|\bdeclin|\bdrop|\bdown\b|\blower|\breduc|\bshr[aiu]nk|\bcontract(?:ed|ion)\b|\bcut|\bnarrow|\bslip", re.IGNORECASE)),
    (re.compile(r"列入|纳入|增列"), re.compile(r"\badd|\binclud|\blist|\bplac|\bput\b|\bincorporat|\binto\b|\bunder\b|\bbring|\bsubject", re.IGNORECASE), re.compile(r"移出|移除|删除|剔除|撤销|解除"), re.compile(r"\bremov|\bdelist|\bdelet|\btaken off|\bstruck|\brevok|\blift|\brescind|\brelease|\bexclud|\bwithdr|\bterminat|\bcancel|\bannul", re.IGNORECASE)),
    (re.compile(r"以上|不低于|不少于|至少|(?<!不)超过"), re.compile(r"\bat least|\babove|\bor more|\bmore than|\bover\b|\bnot less|\bno less|\bminimum|\bexceed|\bor higher|\bhigher|\bnot lower|\bno lower|\b(?:and|or) up(?:wards?)?\b|\bbeyond|\bor greater|\bnot fewer|\bno fewer|\bfrom\b|\bor abov|\bor older|\bor later|\bforegoing|\bpreceding|\bthese|\bthose|\bsaid\b|\bsurpass|\btop(?:ped|ping)\b", re.IGNORECASE), re.compile(r"以下|不超过|不高于|不多于|(?<!不)低于|(?<!不)少于|以内|之内|至多"), re.compile(r"\bat most|\bbelow|\bor less|\bless than|\bunder\b|\bno more|\bnot more|\bup to|\bnot exceed|\bor lower|\bwithin|\bfewer|\bmaximum|\bfollowing|\bas follows|\blower|\bsmaller|\bor fewer|\bor belo", re.IGNORECASE)),
)  # fmt: skip
_OPEN_EN = re.compile(r"\band other(?:s)?\b|\betc\b|\band so (?:on|forth)\b|\bamong others\b|\bsuch as\b", re.IGNORECASE)  # fmt: skip
_OPEN_ZH = re.compile(r"等|其他|其它|之类|及有关|相关|例如|诸如|如下?|别的|另|有关|以及|各")
_CURRENCIES = (
    (re.compile(r"美元"), re.compile(r"dollar|USD|US\$", re.IGNORECASE)),
    (re.compile(r"欧元"), re.compile(r"euro|EUR|€", re.IGNORECASE)),
    (re.compile(r"港元|港币"), re.compile(r"Hong Kong dollar|HKD|HK\$", re.IGNORECASE)),
    (re.compile(r"日元"), re.compile(r"\byen\b|JPY", re.IGNORECASE)),
    (re.compile(r"(?<![美欧港日加澳单多])元(?=[，。、；）]|人民币|/|$)|人民币|亿元|万元"), re.compile(r"yuan|RMB|CNY|renminbi|¥", re.IGNORECASE)),
)  # fmt: skip
_COUNT_ZH = re.compile(r"等\s?(?:\d{1,3}|[二两三四五六七八九十]{1,3})\s?个?(?:部门|部委|单位|国家|省|地区|机构|家|种|项|类|个)")  # fmt: skip
_OTHER_COUNT = re.compile(
    r"\b(?:and|with|together with|plus)\s+(?:the\s+)?(?:(?:other|another)\s+(?:\d+|\w+teen|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty)|(?:\d+|\w+teen|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty)\s+(?:other|further|more))\b",
    re.IGNORECASE,
)


def check_meaning(source: str, text: str) -> list[Flag]:
    """What says the opposite, opens a closed list, or counts 等N部门 one too many."""
    flags = []
    negated = _NOT_ZH.search(source)
    forbidden = _FORBIDS_ZH.search(source)
    if forbidden and not _FORBIDS_EN.search(text):
        flags.append(Flag("negation missing", forbidden.group()))
    elif negated and not _NOT_EN.search(text):
        flags.append(Flag("negation missing", negated.group()))
    for one_zh, one_en, other_zh, other_en in _PAIRS:
        one, other = one_zh.search(source), other_zh.search(source)
        if one and not other and other_en.search(text) and not one_en.search(text):
            flags.append(Flag("opposite", f"{one.group()}: {_first(other_en, text)}"))
        if other and not one and one_en.search(text) and not other_en.search(text):
            flags.append(Flag("opposite", f"{other.group()}: {_first(one_en, text)}"))
    opened = _OPEN_EN.search(text)
    if opened and not _OPEN_ZH.search(source):
        flags.append(Flag("open list", opened.group()))
    if _COUNT_ZH.search(source):
        counted = _OTHER_COUNT.search(text)
        if counted:
            flags.append(Flag("count of departments", counted.group()))
    for zh, en in _CURRENCIES:
        found = zh.search(source)
        if found and re.search(r"\d", source) and not en.search(text):
            flags.append(Flag("currency", found.group()))
    return flags


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found.group() if found else ""
