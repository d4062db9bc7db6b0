"""Short phrases that the glossary covers whole: terms, and lists, catalogues and plans of them."""

from services.translator.glossary import Glossary
from services.translator.rules.wording import Slot, Wording, Wordings, words

_TERMS = ("phrase", "term", "strict", "geo", "country", "body", "unit")
# Nouns of titles, which stand in cells alone.
_NOUNS = ("good", "thing", "act", "entity")
# What stands inside of others; phrases are headings of their own.
_WORDS = ("term", "strict", "geo", "country", "body")


def phrase(text: str, glossary: Glossary) -> str | None:
    """English of a phrase if the glossary has all of its words; else None.

    内外贸一体化试点地区名单 is "list of pilot areas for …". Begins in lower case but for names.
    """
    text = text.strip().rstrip("。")
    known = glossary.get(text, _TERMS)
    if known:
        return known.en
    word = glossary.get(text, _NOUNS)
    if word:
        return word.en.removeprefix("the ")
    frame = _PHRASES.render(text, glossary)
    return frame.english if frame else None


def _word(text: str, glossary: Glossary) -> str | None:
    known = glossary.get(text, _WORDS)
    return known.en if known else None


_PHRASES = Wordings(
    Wording(
        "{phrase}（{year}年{edition}）",
        "{phrase} ({year}{edition})",
        {"负面清单（2021年版）": "negative list (2021 edition)"},
    ),
    Wording(
        "{phrase}（{date}）",
        "{phrase} ({date})",
        {"负面清单（2021年1月2日）": "negative list (January 2, 2021)"},
    ),
    Wording("{year}年度?{phrase}", "{phrase} for {year}", {"2021年度负面清单": "negative list for 2021"}),
    Wording("{verb}《{phrase}》", "{verb} the {phrase}", {"发布《负面清单》": "releasing the negative list"}),
    Wording("{verb}{phrase}", "{verb} the {phrase}", {"印发负面清单": "issuing the negative list"}),
    # What stands last in Chinese stands first in English.
    Wording("{word}{list}", "{list} {word}", {"关税配额申请表": "application form for tariff-rate quota"}),
    phrase=Slot(".+?", phrase),
    word=Slot(".+?", _word),
    edition=words({"版": " edition", "修订": " revision", "修订版": " revised edition", "": ""}),
    verb=words({"公布": "publishing", "印发": "issuing", "发布": "releasing"}),
    list=words(
        {
            "名单": "list of",
            "清单": "list of",
            "目录": "catalogue of",
            "一览表": "table of",
            "申请表": "application form for",
        }
    ),
)  # fmt: skip
