"""Verbs of acts in sentences: the verb that is meant stands between asterisks."""

import pytest

from shared.chinese.characters import fold
from shared.chinese.moods import draft_words, is_done, stance
from shared.notice import Mood

ASSERTED = (
    "自2025年12月1日起，第1号公告同时*废止*。",
    "决定*废止*商务部公告2020年第1号。",
    "第1号公告不延长，同时*废止*第2号公告。",
    "将甲公司从不可靠实体清单中*移出*。",
    "将甲公司*列入*不可靠实体清单。",
    "商务部拟修订第1号公告，现决定*废止*第2号公告。",
    "美方宣布取消对华加征的关税，中方相应*停止*第1号公告的措施。",
    "鉴于美方已取消关税，自2025年11月10日起，*暂停实施*第1号公告。",
    "对原产于美国的进口货物*加征*10%关税。",
    "对美国*暂停*出口。",
    "商务部新闻发言人表示：“自11月10日起，*停止*上述措施。”",
    "未经许可，*不得*出口。",
    "现发布2025年第1号公告，决定对原产于新加坡的进口某纸*征收*反倾销税。",
    "鉴于没有国内产业提出复审申请，自2025年3月13日起，对原产于新加坡的进口某纸所适用的反倾销措施*终止实施*。",
    "*废止*前款所列文件。",
    "根据《中华人民共和国出口管制法》有关规定，*暂停实施*第1号公告。",
    "经国务院批准，自本公告发布之日起*停止执行*第1号公告。",
    "商务部现决定，*恢复*实施第1号公告。",
    "为履行国际义务，*暂停实施*第1号公告。",
    "不得不*暂停*第1号公告。",
    "从2025年11月10日起，继续*暂停*商务部公告2025年第21号措施一年。",
    "答：自11月10日起，*停止*上述措施。",
    "《某办法》（商务部令2020年第1号，以下简称《办法》）*废止*。",
    "经研究，决定*废止*第1号公告。",
    "商务部将于2025年11月10日起*停止*上述措施。",
    "一、将甲公司*列入*不可靠实体清单。",
    "为维护国家主权、安全、发展利益，根据《中华人民共和国对外贸易法》等有关法律，不可靠实体清单工作机制决定将甲公司*列入*不可靠实体清单，禁止其从事进出口活动。",
    "不可靠实体清单工作机制决定将甲公司列入不可靠实体清单，*禁止*其从事进出口活动。",
)
NEGATED = (
    "商务部公告2020年第1号不*废止*",
    "本公告施行后，商务部公告2020年第1号不*废止*。",
    "第1号公告并未*废止*，继续执行。",
    "第1号公告未*失效*。",
    "第1号公告不*暂停实施*。",
    "决定不*延长*第1号公告。",
    "第1号公告不废止、不*修改*。",
    "第1号公告不废止、*修改*。",
    "决定不将甲公司、乙公司（Otsu Co., Ltd.，某地）*列入*不可靠实体清单。",
    "下列文件不*废止*：",
    "第1号公告不在*废止*之列。",
    "这不意味着*终止*第1号公告。",
    "中方没有计划*延长*上述措施。",
    "第1号公告不得*延长*。",
    "商务部未对第1号公告作出*修改*。",
    "对第1号公告暂不予*延长*。",
)
HYPOTHETICAL = (
    "如甲公司不改正，决定将甲公司*列入*不可靠实体清单。",
    "若情况没有改善，商务部决定*恢复*实施第1号公告。",
    "是否*废止*第1号公告？",
    "若美方取消关税，则*废止*第1号公告。",
    "本公告自即日起施行。若美方取消关税，则*废止*第1号公告。",
    "双方应当磋商；若美方取消关税，则*废止*第1号公告。",
    "如需*延长*的，应当在期满前申请。",
    "拟*废止*第1号公告。",
    "商务部拟修订第1号公告，同时*废止*第2号公告。",
    "建议*废止*第1号公告。",
    "有下列情形之一的，*列入*不可靠实体清单：",
    "主管部门可以决定将有前款规定情形的进口商*列入*管控名单，也可以决定将列入管控名单的进口商、最终用户移出管控名单。",
    "主管部门可以决定将进口商列入管控名单，也可以决定将列入管控名单的最终用户*移出*管控名单。",
    "有下列情形之一的，可以：\n（一）*终止*实施措施的；",
    "中方敦促美方立即*取消*加征关税。",
    "第1号公告*废止*前，仍按原规定执行。",
    "本公告自公布之日起施行，此前规定与本公告不一致的，*停止执行*。",
    "关于*废止*第1号公告的建议",
    "有记者问：是否*延长*？",
    "记者：请问中方将*停止*上述措施吗",
    "利害关系方可以自本公告发布之日起请求*延长*期限。",
)
REPORTED = (
    "网传商务部公告2020年第1号*废止*系谣言。",
    "有消息称商务部*废止*了第1号公告。此系谣言。",
    "美方宣布取消对华加征的关税，并*暂停*24%的关税一年。",
    "将第5条中的“*暂停*实施”修改为“停止实施”。",
    "2020年3月12日，商务部发布2020年第93号公告，决定对原产于新加坡的进口某纸*征收*反倾销税。",
    "商务部于2025年4月4日发布公告，将16家美国实体*列入*出口管制管控名单。",
)


def _marked(marked: str) -> tuple[str, int, int]:
    before, verb, behind = marked.split("*")
    return fold(before + verb + behind), len(before), len(before) + len(verb)


@pytest.mark.parametrize(
    ("mood", "marked"),
    [
        *(("asserted", text) for text in ASSERTED),
        *(("negated", text) for text in NEGATED),
        *(("hypothetical", text) for text in HYPOTHETICAL),
        *(("reported", text) for text in REPORTED),
    ],
)
def test_a_verb_has_the_mood_of_its_clause(mood: Mood, marked: str) -> None:
    folded, start, end = _marked(marked)

    assert stance(folded, start, end).mood == mood
    assert is_done(folded, start, end) == (mood == "asserted")


def test_the_words_that_say_so_are_known() -> None:
    folded, start, end = _marked("第1号公告并未被*废止*。")

    _, first, last = stance(folded, start, end)

    assert folded[first:last] == "未"


def test_a_draft_says_so_in_its_title() -> None:
    words = draft_words("某管理办法（征求意见稿）")

    assert words is not None
    assert (words.start, words.end) == (6, 11)
    assert draft_words("某管理办法") is None


@pytest.mark.parametrize("filler", ["不将", "不", "如", "的，", "（", "“不", "拟对"])
def test_no_text_takes_long(filler: str) -> None:
    folded = filler * (40_000 // len(filler)) + "废止。"

    assert stance(folded, len(folded) - 3, len(folded) - 1)
