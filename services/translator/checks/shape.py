"""Signs of a failed translation: Chinese left, text cut off, loops, capitals, chat."""

import re
from collections import Counter

from services.translator.checks.flag import Flag
from services.translator.sentence import Sentence
from services.translator.text.addresses import ADDRESSES, without
from shared.chinese.characters import CHINESE
from shared.chinese.form import Form, Forms

_WIDE_END = re.compile(r"[。，；：、]")
_END = (".", "!", "?", ":", ";", '"', ")", "”", "’", "…")
_CUT_AT = Forms(
    Form(
        "waits for more",
        r"(?i:\b(?:the|a|an|of|to|in|on|for|with|and|or|by|from|at|as|that|which|based on|in order|its|their"
        r"|this|these|such|including|between|into|than|is|are|be|will|shall|should)\s*[.,;:]?$)",
        yes=("declaration of local based on.", "roadmap to."),
        no=("the ministry.",),
    )
)
# "are as follows:", "…will be based on." has an object before it or is cut.
_FINE_ENDS = Forms(
    Form(
        "follows",
        r"(?i:(?:as follows|listed in|the following is|that is|set out in|referred to|adhered to)\s*[.:;]?$)",
        yes=("are as follows:", "the annex referred to."),
    ),
    Form(
        "object before",
        r"(?i:(?:complied with|dealt with|applied for|provided for|relied on|carried on|acted upon|called for|accounted for|participated in"
        r"|engaged in|invested in|paid for|responded to|subject to|entitled to|opposed to|agreed to|consented to|attended to|handed in|taken in"
        r"|put in|filled in|moved on)\s*[.:;]?$)",
        yes=("shall be complied with.", "what they are entitled to."),
        no=("comes with.",),
    ),
)  # fmt: skip
_TALK = Forms(
    Form(
        "answer",
        r"(?i:^\s*(?:sure\b|certainly\b|of course\b|okay\b|here(?:'s| is| are)\b|the (?:english )?translation\b"
        r"|translation\s*:|translated text|english\s*:|note\s*:))",
        yes=("Sure, here it is", "Translation: The ministry"),
        no=("The ministry",),
    ),
    Form(
        "refusal",
        r"(?i:^\s*(?:as an ai\b|i(?:'m| am) (?:sorry|an ai|unable)|i (?:cannot|can't|can not|will not|won't) |i apologi[sz]e|sorry,"
        r"|please (?:provide|note that this is)))",
        yes=("I'm sorry, but", "Please provide the text"),
        no=("Please apply",),
    ),
    Form(
        "about itself",
        r"(?i:\b(?:as an ai (?:language )?model|language model|this translation|let me know if|i hope this helps"
        r"|the (?:source|chinese|original) (?:text|sentence)|system prompt|translator'?s? note)|<think>|</think>)",
        yes=("of a language model", "I hope this helps"),
        no=("this text",),
    ),
)  # fmt: skip
_MARKUP = Forms(
    Form("element", r"(?i:</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>)", yes=("<b>", "</p>", "<br/>"), no=("a < b",)),
    Form("link", r"\[[^\[\]]*+\]\([^)]+\)", yes=("[a](b)",), no=("[2025] No. 1",)),
    Form("emphasis", r"\*\*|```", yes=("**a**",), no=("a * b",)),
    Form("heading", r"(?m:^#{1,6}\s)", yes=("# Title",), no=("#1",)),
    Form("entity", r"(?i:&(?:[a-z]{2,8}|#\d{1,5});)", yes=("&quot;", "&#39;"), no=("R&D;",)),
    Form("script", r"(?i:javascript:)|\{\{|\}\}|<\|", yes=("javascript:void", "{{ title }}"), no=("script",)),
)  # fmt: skip
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9&.\-]{2,}")
_WORD = re.compile(r"[A-Za-z']+")
_TOKEN = re.compile(r"[A-Za-z0-9']+")
_ODD = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufffd\ufeff]")
_SCRIPT = re.compile(
    r"[\u0400-\u04ff\u0600-\u06ff\u3040-\u30ff\uac00-\ud7af\u0e00-\u0e7f\u0900-\u097f]"
)


def check_shape(sentence: Sentence, text: str) -> list[Flag]:
    """All flags that need no understanding of the sentence."""
    if not text.strip():
        return [Flag("empty", "")] if sentence.chinese.strip() else []
    flags = []
    for check in (_left, _length, _looped, _cut, _case, _ended, _talks, _marked, _latin, _strange):
        found = check(sentence, text)
        if found:
            flags.append(found)
    return flags


def check_claims(sentence: Sentence, text: str) -> list[Flag]:
    """Flags what no summary may contain: Chinese, chat, markup, foreign addresses, loops."""
    checks = (_left, _looped, _case, _talks, _marked, _strange)
    return [flag for check in checks if (flag := check(sentence, text))]


def _left(sentence: Sentence, text: str) -> Flag | None:
    found = CHINESE.findall(text)
    return Flag("chinese left", "".join(found)[:40]) if found else None


def _length(sentence: Sentence, text: str) -> Flag | None:
    """English characters per Chinese character: 3 to 8 in the pairs of the tests, the median 4.9.

    Of long sentences they differ less: of thirty characters and more none has under 3.7.
    """
    words = len(CHINESE.findall(sentence.chinese))
    if words < 6:
        return (
            Flag("too long", str(len(text)))
            if len(text) > 40 * max(words, 1) + 60 + len(sentence.chinese)
            else None
        )
    others = len(sentence.chinese) - words
    ratio = (len(text) - others) / words
    low, high = next(limits for least, *limits in _LENGTHS if words >= least)
    if ratio < low:
        return Flag("too short", f"{ratio:.1f} characters for one")
    if ratio > high:
        return Flag("too long", f"{ratio:.1f} characters for one")
    return None


# From so many characters on: the least and the most.
_LENGTHS = ((30, 3.2, 7.5), (20, 2.7, 8.5), (10, 2.4, 10.5), (0, 1.8, 10.5))


def _looped(sentence: Sentence, text: str) -> Flag | None:
    words = [word.lower() for word in _TOKEN.findall(text)]
    for size, most in ((1, 3), (2, 3), (3, 3), (5, 2)):
        run = 1
        for at in range(size, len(words) - size + 1):
            same = words[at : at + size] == words[at - size : at]
            run = run + 1 if same else 1
            # A run counts word by word, so n words in a row are n * size equal steps.
            if run > size * (most - 1):
                return Flag("loop", " ".join(words[at : at + size]))
    if _repeats(sentence.chinese):
        return None
    for size, least in ((6, 3), (9, 2)):
        grams = Counter(tuple(words[at : at + size]) for at in range(len(words) - size + 1))
        repeated = next((gram for gram, count in grams.items() if count >= least), None)
        if repeated:
            return Flag("loop", " ".join(repeated))
    return None


def _repeats(source: str) -> bool:
    grams = Counter(source[at : at + 8] for at in range(len(source) - 7))
    return any(count >= 2 for count in grams.values())


def _cut(sentence: Sentence, text: str) -> Flag | None:
    end = text.rstrip()
    # A piece of a long sentence ends with a comma: only whole sentences are looked at.
    if sentence.chinese.rstrip().endswith(("。", "！", "？")):
        if not end.endswith(_END):
            return Flag("cut", end[-30:])
        if end.endswith((".", ":")) and _CUT_AT.search(end) and not _FINE_ENDS.search(end):
            return Flag("cut", end[-30:])
    for opening, closing in ("()", "[]", "“”"):
        if text.count(opening) != text.count(closing) and _balanced(sentence.chinese):
            return Flag("cut", f"{opening} without {closing}")
    if text.count('"') % 2 and _balanced(sentence.chinese):
        return Flag("cut", 'one "')
    return None


def _balanced(source: str) -> bool:
    return all(source.count(a) == source.count(b) for a, b in ("（）", "()", "“”", "《》", "[]"))


def _case(sentence: Sentence, text: str) -> Flag | None:
    words = _WORD.findall(text)
    letters = [char for char in text if char.isalpha()]
    latin = sum(char.isascii() and char.isalpha() for char in sentence.chinese)
    if len(words) >= 3 and len(letters) - latin > 12:
        upper = sum(char.isupper() for char in letters)
        if upper > 0.6 * len(letters):
            return Flag("all caps", text[:30])
    return None


def _ended(sentence: Sentence, text: str) -> Flag | None:
    found = _WIDE_END.search(text)
    return Flag("chinese punctuation", found.group()) if found else None


def _talks(sentence: Sentence, text: str) -> Flag | None:
    found = _TALK.search(text)
    return Flag("talks", found.text.strip()[:40]) if found else None


def _marked(sentence: Sentence, text: str) -> Flag | None:
    for markup in _MARKUP.finditer(text):
        if markup.text not in sentence.chinese:
            return Flag("markup", markup.text[:40])
    for address in ADDRESSES.finditer(text):
        # A name such as amazon.com may be the English of one that is printed in Chinese.
        if address.name != "domain" and address.text not in sentence.chinese:
            return Flag("address invented", address.text[:80])
    return None


def _latin(sentence: Sentence, text: str) -> Flag | None:
    """Flags foreign names and codes that were not copied: the English needs every Latin word."""
    plain = text.lower()
    for word in _LATIN.findall(without(sentence.chinese, sentence.addresses)):
        if word.lower().rstrip(".") not in plain and word.lower() not in ("http", "https", "www"):
            return Flag("latin missing", word)
    for address in sentence.addresses:
        if address.text not in text:
            return Flag("address missing", address.text[:80])
    return None


def _strange(sentence: Sentence, text: str) -> Flag | None:
    found = _ODD.search(text) or _SCRIPT.search(text)
    return Flag("strange character", f"U+{ord(found.group()):04X}") if found else None
