"""Standing sentences and lines of official documents: taking effect, repeal, mastheads, seals."""

from services.translator.glossary import Glossary
from services.translator.rules.bodies import bodies
from services.translator.rules.pinyin import pinyin
from services.translator.rules.wording import Slot, Wording, Wordings, words
from shared.chinese.acts import PUBLISH
from shared.chinese.characters import HAN
from shared.chinese.document_numbers import TYPES


def _this(document_type: str, glossary: Glossary) -> str | None:
    """办法: These Measures."""
    known = glossary.get(document_type, ("doctype",))
    return f"{'These' if known.en.endswith('s') else 'This'} {known.en}" if known else None


_EFFECT = "(?:正式)?(?:实施|施行|执行|生效)"
SENTENCES = Wordings(
    Wording(
        rf"本{{act}}自{{date}}起{_EFFECT}",
        "{act} shall take effect on {date}",
        {"本公告自2023年8月1日起正式实施": "This Announcement shall take effect on August 1, 2023"},
    ),
    Wording(
        rf"本{{act}}自{PUBLISH}之日起{_EFFECT}",
        "{act} shall take effect from the date of publication",
        {"本办法自公布之日起施行": "These Measures shall take effect from the date of publication"},
    ),
    Wording(
        rf"本{{act}}自印发之日起{_EFFECT}",
        "{act} shall take effect from the date of issuance",
        {"本通知自印发之日起执行": "This Notice shall take effect from the date of issuance"},
    ),
    Wording(
        r"现?[就将]?(?:有关|相关)(?:事项|工作|内容){how}如下",
        "The relevant matters are hereby {how} as follows",
        {"现就有关事项通知如下": "The relevant matters are hereby notified as follows"},
    ),
    Wording(
        r"{number}(?:即行)?废止",
        "{number} is repealed",
        {"商务部公告2017年第88号废止": "Announcement No. 88 of 2017 of the Ministry of Commerce is repealed"},
    ),
    Wording(
        r"{number}同时废止",
        "{number} is repealed at the same time",
        {"商务部令2016年第3号同时废止": "Order No. 3 of 2016 of the Ministry of Commerce is repealed at the same time"},
    ),
    Wording(
        r"{number}停止执行",
        "{number} ceases to be implemented",
        {"商建函〔2022〕1号停止执行": "Shang Jian Han [2022] No. 1 ceases to be implemented"},
    ),
    Wording(
        r"{number}同时停止执行",
        "{number} ceases to be implemented at the same time",
        {"商建函〔2022〕1号同时停止执行": "Shang Jian Han [2022] No. 1 ceases to be implemented at the same time"},
    ),
    act=Slot(f"[{HAN}]{{1,4}}?", _this),
    how=words({"公告": "announced", "通知": "notified", "通告": "announced", "解读": "explained"}),
)  # fmt: skip


def _person(name: str, glossary: Glossary) -> str:
    known = glossary.get(name, ("person",))
    family, *given = pinyin(name)
    return known.en if known else f"{family.capitalize()} {''.join(given).capitalize()}"


def signatories(text: str, glossary: Glossary) -> str | None:
    """A line of bodies and nothing else: Ministry of Commerce; General Administration of Customs."""
    names = bodies(text, glossary) if len(text) <= 200 else None
    return "; ".join(names) if names else None


_OFFICES = {
    "部长": "Minister",
    "主任": "Chairman",
    "主席": "Chairman",
    "署长": "Minister",
    "局长": "Commissioner",
    "行长": "Governor",
    "会长": "Chairman",
    "总理": "Premier",
    "国家主席": "President",
    "中华人民共和国主席": "President of the People's Republic of China",
}
LINES = Wordings(
    Wording(
        "{bodies}{type}",
        "{type} of {bodies}",
        {"中华人民共和国商务部令": "Order of the Ministry of Commerce"},
    ),
    Wording(
        r"{office}[：:]?{person}",
        "{office}: {person}",
        {"部长：钟山": "Minister: Zhong Shan", "部长王文涛": "Minister: Wang Wentao"},
    ),
    Wording(
        r"{signatories}{office}[：:]?{person}",
        "{signatories}; {office}: {person}",
        {"证监会主席：尚福林": "China Securities Regulatory Commission; Chairman: Shang Fulin"},
    ),
    Wording(
        r"（{body}代章）",
        "(sealed on its behalf by {body})",
        {"（商务部代章）": "(sealed on its behalf by the Ministry of Commerce)"},
    ),
    Wording(
        rf"（{{date}}{{number}}{PUBLISH}[，,]?自{{since:date}}起(?:施行|实施|生效)）",
        "(Promulgated by {number} on {date}, effective as of {since})",
        {
            "（2024年4月11日外交部令第5号公布，自2024年4月11日起施行）": "(Promulgated by Order No. 5 of the Ministry of Foreign Affairs on April 11, 2024, effective as of April 11, 2024)"
        },
    ),
    type=words(TYPES),
    office=words(_OFFICES),
    person=Slot(rf"[{HAN}]{{2,4}}", _person),
    signatories=Slot(rf"[{HAN}]{{3,20}}?", signatories),
)  # fmt: skip


def formula(text: str, glossary: Glossary) -> str | None:
    """English of a formulaic sentence without spaces, with its end; None if it is not formulaic."""
    end = {"：": ":", "。": ".", "；": ";"}.get(text[-1:], "")
    frame = SENTENCES.render(text.rstrip("。：；"), glossary)
    return f"{frame.english}{end}" if frame else None
