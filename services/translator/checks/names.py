"""Names: the English has every body, place and country of the source, and no other."""

import re
from collections.abc import Iterable
from functools import cache

from services.translator.checks.flag import Flag
from services.translator.glossary import NAMES, Entries, Entry
from services.translator.sentence import Sentence
from services.translator.text.addresses import ADDRESSES, without

# Words of the source that let a rendering stand though the name itself is not printed.
_ALSO_SAYS = {
    "Taiwan": ("台",),
    "United States": ("美",),
    "China": ("中",),
    "European Union": ("欧",),
    "Japan": ("日",),
    "Republic of Korea": ("韩",),
    "United Kingdom": ("英",),
    "France": ("法",),
    "Germany": ("德",),
    "Russia": ("俄",),
    "India": ("印",),
    "Australia": ("澳",),
    "Canada": ("加",),
    "Hong Kong": ("港",),
    "Macao": ("澳",),
    "ASEAN": ("东盟",),
    "Ministry of Commerce": ("我部", "本部", "商务部"),
    "State Council": ("国务院",),
}
# English names that are words of the language, or parts of so much else that they prove nothing.
_COMMON = frozenset(
    (
        "Lao CAST MOST AU EU UN Turkey Thai America US Georgia Georgian Jersey Jordan Chad Swazi"
    ).split()
)
_MANY = 6


def check_names(sentence: Sentence, text: str) -> list[Flag]:
    """Compare the names of a Chinese sentence with those of its English one.

    Any rendering that the glossary counts as right will do, the short form too; a body under the
    name of another time will not.
    """
    found = [hit.entry for hit in sentence.names]
    plain = _plain(text)
    flags = [
        Flag("name missing", f"{entry.zh}: {entry.en}")
        for entry in dict.fromkeys(found)
        if not _says(plain, entry)
    ]
    flags += _invented(sentence, plain, found)
    return flags


def _says(plain: str, entry: Entry) -> bool:
    if any(_word(name).search(plain) for name in entry.renderings):
        return True
    if entry.en.startswith("Ministry of "):
        # Minister of Commerce, the Commerce Ministry.
        matter = re.escape(entry.en.removeprefix("Ministry of "))
        minister = rf"\bMinister of {matter}\b|\b{matter} Minist(?:ry|er)\b"
        return bool(re.search(minister, plain, re.IGNORECASE))
    return False


def _invented(sentence: Sentence, plain: str, found: Iterable[Entry]) -> list[Flag]:
    source, known = sentence.chinese, sentence.glossary.entries
    correct = {name for entry in found for name in entry.renderings}
    flags = []
    for match in _all_names(known).finditer(without(plain, ADDRESSES.finditer(plain))):
        name = match.group()
        if len(name) < 6 and not name[0].isupper():
            continue
        entries = _by_english(known)[name.lower()]
        if name in correct or any(entry.zh in source for entry in entries):
            continue
        # 香港、澳门: Hong Kong and Macao, which 港澳地区 is called too.
        if correct.issuperset(name.split(" and ")):
            continue
        words = [word for entry in entries for word in _ALSO_SAYS.get(entry.en, ())]
        if any(word in source for word in words) or _within(match, plain, correct):
            continue
        if name.lower() in source.lower():
            continue
        flags.append(Flag("name invented", name))
    return flags[:_MANY]


def _within(match: re.Match[str], plain: str, names: Iterable[str]) -> bool:
    """Whether a name is part of a longer one that is correct: Department of Treaty and Law."""
    return any(
        match.start() >= longer.start() and match.end() <= longer.end()
        for name in names
        if len(name) > len(match.group())
        for longer in re.finditer(re.escape(name), plain, re.IGNORECASE)
    )


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").replace(" & ", " and ").split())


@cache
def _word(name: str) -> re.Pattern[str]:
    flags = 0 if name.isupper() else re.IGNORECASE
    pattern = re.escape(_plain(name)).replace(r"\-", "[- ]")
    return re.compile(rf"(?<![A-Za-z]){pattern}(?:s|'s)?(?![A-Za-z])", flags)


@cache
def _by_english(glossary: Entries) -> dict[str, tuple[Entry, ...]]:
    names: dict[str, tuple[Entry, ...]] = {}
    for entries in glossary.by_name.values():
        for entry in entries:
            if entry.kind in NAMES and entry.kind != "strict":
                for name in entry.renderings:
                    if name not in _COMMON:
                        key = _plain(name).lower()
                        names[key] = (*names.get(key, ()), entry)
    return names


@cache
def _all_names(glossary: Entries) -> re.Pattern[str]:
    names = sorted(_by_english(glossary), key=len, reverse=True)
    exact = [re.escape(name) for name in names]
    return re.compile(rf"(?<![A-Za-z])(?:{'|'.join(exact)})(?![A-Za-z])", re.IGNORECASE)
