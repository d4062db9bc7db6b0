"""Noun phrases and verb phrases of titles: the glossary's words, put together by rows.

    加工贸易管理       {x}管理         administration of {x}
    加强加工贸易管理   加强{x}         strengthening {x}

The rows are those of `nouns.tsv` and `verbs.tsv` beside this file, each with an example. A phrase
is English as a whole or not at all: where one word is not known, nothing is said.

Slots of a row's Chinese: {x} any noun, {g} goods or things, {h} goods alone, {e} organisations and persons, {a} an
activity, {i} what has a name (the China International Import Expo), {p} places, {d} a verb phrase, {b} bodies, {t} a title in 《》, {k} that of a treaty, {v} any noun but an activity or a list, {y} a
year, {n} a number in digits, {c} a count in words up to twelve, {o} an ordinal, {u} a sum of money, {z} a
measure, {w} a month, {q} a five-year plan, {j} a holiday,
{f} what quotas have (总量、申请条件), {l} a list of entities, {m} document
numbers. Others of the same kind are {xa}, {xb}. In the English {x-} is the noun as it
stands before another (enterprises of processing trade: processing trade enterprises); where it cannot
stand so, what follows | is taken.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from services.translator.glossary import Entry, Glossary
from services.translator.rules.bodies import bodies, joined
from services.translator.rules.numbers import document_number, together
from services.translator.rules.pattern import SLOT, Pattern
from services.translator.rules.places import of_place
from services.translator.rules.words import counted, listed
from shared.chinese.characters import HAN
from shared.chinese.dates import YEAR, year_of
from shared.chinese.document_numbers import ORDINAL
from shared.chinese.lexicon import LISTS
from shared.chinese.numerals import CHARACTERS, HUNDREDS, number, scale
from shared.english_dates import NAMES

REPUBLIC, OF_ALL = "中华人民共和国", " of the People's Republic of China"
# No title has a longer phrase; what is longer is prose.
_LONGEST = 90
_CLASSES = ("good", "generic", "thing", "act", "entity", "document", "list", "term", "strict")
_BRACKETS = {"《": "》", "（": "）", "“": "”", "〈": "〉"}
_AND = ("以及", "、", "和", "与", "及", "或")
# What may stand in one list; of other kinds only those of the same one.
_ALIKE = (
    {"good", "generic", "thing", "term", "strict"},
    {"entity", "body"},
    {"act", "term", "strict"},
    {"thing", "document"},
)
_PREPOSITIONS = frozenset(
    "of for to in on from with into by at under between against as that who not and or containing related including "
    "involving originating subject worth concerning exported imported".split()
)
_MOST_WORDS = 3
# No plurals, or such as stay so before another noun.
_STAYS = frozenset(
    "goods logistics customs means series species news gas status basis analysis arms securities futures statistics "
    "economics electronics optics sports sales mathematics always thus us savings".split()
)
_JOINT = re.compile(r"(?:[、，\s]|并|和)$")
# Verbs whose object may be the subject of the verb behind it.
_PIVOT = re.compile(r"(?:进一步|继续|积极)?(?:鼓励|支持|引导|推动|同意|允许|要求|组织|促进)")
# 恢复和扩大: two verbs of two characters.
_VERBS = re.compile(rf"(?P<one>[{HAN}]{{2}})(?:和|、|并)(?P<other>[{HAN}]{{2}})(?=.{{2}})")
# RCEP, AEO: what Chinese prints in Latin letters itself.
_ABBREVIATION = re.compile(r"[A-Z]{3,6}")
# Verbs that begin a phrase though no joint stands before: 加强管理做好服务.
_BEGINS_ANEW = re.compile(
    r"加快|推[进动]|促进|支持|扩大|加强|强化|做好|完善|健全|打造|提[升高振]|深化|优化|构建|培育|壮大|稳[定住]|释放|激发|拓展|搞活|打击"
    r"|鼓励|防范|降低|助力|巩固|发挥|落实|建立|改善|改进|积极|进一步|切实|全面|更好|更大力度|加大|持续|扎实|稳步|创新|贯彻|维护|确保"
)
_AGAINST = ("措施", "制裁", "限制", "禁令", "调查")
_LIST_NAMES = frozenset(name for row in LISTS.entries for name in row.printed)


class Noun(NamedTuple):
    """A noun phrase: `items` of a list, or one; `kind` a class of the glossary or of a row."""

    items: tuple[str, ...]
    kind: str

    @property
    def english(self) -> str:
        """As running text has it: A, B and C."""
        return listed(self.items)


class Row(NamedTuple):
    """A row of a table: `pattern` with its English and the kind of phrase that it makes, `same` that of
    its {x}.
    """

    kind: str
    chinese: str
    english: str
    example: str
    example_english: str
    pattern: Pattern


def noun(text: str, glossary: Glossary) -> Noun | None:
    """The noun phrase that a text is; None when it is none of known words."""
    return _Reading(glossary).noun(text)


def doing(text: str, glossary: Glossary) -> str | None:
    """The verb phrase that a text is, as English titles have it: 加强管理 is strengthening administration."""
    return _Reading(glossary).doing(text)


class _Reading:
    """Phrases of one glossary; what was read once is kept."""

    def __init__(self, glossary: Glossary) -> None:
        self._glossary = glossary
        self._known = glossary.read

    def noun(self, text: str) -> Noun | None:
        text = text.strip()
        key = f"n{text}"
        if key not in self._known:
            # A phrase in which it stands itself ends here.
            self._known[key] = None
            self._known[key] = self._noun(text) if 0 < len(text) <= _LONGEST else None
        found: Noun | None = self._known[key]
        return found

    def doing(self, text: str) -> str | None:
        text = text.strip()
        key = f"d{text}"
        if key not in self._known:
            self._known[key] = None
            self._known[key] = self._doing(text) if 1 < len(text) <= _LONGEST else None
        found: str | None = self._known[key]
        return found

    def _noun(self, text: str) -> Noun | None:
        entry = self._glossary.get(text, _CLASSES)
        if entry:
            article = "the " if text in _LIST_NAMES or entry.kind == "document" else ""
            of_all = OF_ALL if text.startswith(REPUBLIC) else ""
            return Noun((article + entry.en + of_all,), entry.kind)
        place = of_place(text, self._glossary)
        if place:
            return Noun((place,), "place")
        if _ABBREVIATION.fullmatch(text):
            return Noun((text,), "term")
        return (
            self._body(text)
            or self._act_of(text)
            or self._by_row(nouns(), text)
            or self._of_a_place(text)
            or self._list(text)
            or self._joined(text)
            or self._of_entities(text)
        )

    def _body(self, text: str) -> Noun | None:
        named = bodies(text, self._glossary)
        return Noun((joined(named),), "body") if named else None

    def _by_row(self, rows: tuple[Row, ...], text: str) -> Noun | None:
        for row in rows:
            for filling in row.pattern.fillings(text):
                filled = self._filled(row, filling)
                if filled:
                    return filled
        return None

    def _list(self, text: str) -> Noun | None:
        """A和B, A、B、C: of one kind."""
        for start, end in _joints(text):
            first = self.noun(text[:start])
            rest = self.noun(text[end:]) if first and len(first.items) == 1 else None
            if first and rest and self._unclear(text[:start], first, text[end:]):
                continue
            if first and rest and _alike(first.kind, rest.kind):
                return Noun((*first.items, *rest.items), rest.kind)
        return None

    def _unclear(self, before: str, first: Noun, behind: str) -> bool:
        """登记和备案企业管理: whether the first of two acts has the object of the second is not said."""
        if first.kind != "act" or not self._glossary.get(before, ("act",)):
            return False
        return not self._glossary.get(behind, _CLASSES)

    def _joined(self, text: str) -> Noun | None:
        """稀土设备: two words of the glossary, the first of which says of what kind the second is."""
        for at in range(2, len(text) - 1):
            entry = self._glossary.get(text[at:], ("thing", "good", "generic", "entity"))
            before = self.noun(text[:at]) if entry and _simple(entry) else None
            if entry and before and before.kind in ("good", "generic", "thing", "term", "strict"):
                attribute = attributive(before)
                if attribute:
                    return Noun((_before(attribute, entry.en),), entry.kind)
        return None

    def _of_entities(self, text: str) -> Noun | None:
        """银行业金融机构境外贷款业务: what they do or have; measures may be theirs or against them."""
        if text.endswith(_AGAINST):
            return None
        for at in range(2, len(text) - 1):
            owner = self.noun(text[:at])
            of = self.noun(text[at:]) if owner and owner.kind == "entity" else None
            if owner and of and of.kind in ("act", "thing") and " of " not in of.english:
                return Noun((f"{of.english} of {owner.english}",), of.kind)
        return None

    def _act_of(self, text: str) -> Noun | None:
        """家政服务业转型发展: words of the class `of` are of what stands before them."""
        for at in range(2, len(text) - 1):
            act = self._glossary.get(text[at:], ("of",))
            what = self.noun(text[:at]) if act else None
            if act and what:
                return Noun((f"the {act.en} of {what.english}",), "act")
        return None

    def _of_a_place(self, text: str) -> Noun | None:
        """日本企业, 巴西大豆: of the place or from it."""
        # 海南自由贸易港 is no place in Hainan: the longest.
        for at in range(len(text) - 2, 1, -1):
            place = of_place(text[:at], self._glossary)
            of = self.noun(text[at:]) if place else None
            # 美国企业和日本企业 are of two places.
            named = of and any(word in f" {of.english} " for word in (" from ", " of "))
            if of and of.kind == "act" and self._glossary.get(text[:at], ("geo",)):
                return Noun((f"{of.english} in {place}",), of.kind)
            if of and of.kind in ("entity", "good", "generic") and not named:
                preposition = "of" if of.kind == "entity" else "from"
                return Noun((f"{of.english} {preposition} {place}",), of.kind)
        return None

    def _doing(self, text: str) -> str | None:
        for row in verbs():
            for filling in row.pattern.fillings(text):
                filled = self._filled(row, filling)
                if filled:
                    return filled.english
        return self._pair(text) or self._several(text)

    def _pair(self, text: str) -> str | None:
        """恢复和扩大消费: two verbs with one object."""
        match = _VERBS.match(text)
        if match is None:
            return None
        rest = text[match.end() :]
        one, other = self.doing(match["one"] + rest), self.doing(match["other"] + rest)
        read = self.noun(rest)
        if one is None or other is None or read is None:
            return None
        alike = one.endswith(f" {read.english}") and other.endswith(f" {read.english}")
        return f"{one.removesuffix(read.english)}and {other}" if alike else None

    def _several(self, text: str) -> str | None:
        """加强管理做好服务: one thing done and another, with or without a joint between."""
        for at in range(3, len(text) - 2):
            if not text.startswith(_verb_beginnings(), at):
                continue
            before = _JOINT.sub("", text[:at])
            if before == text[:at] and _PIVOT.match(text):
                # 鼓励企业扩大进口: who is encouraged expands.
                continue
            if before == text[:at] and not _BEGINS_ANEW.match(text, at):
                # 措施暂停期限: what stands before a noun as well.
                continue
            first = self.doing(before)
            second = self.doing(text[at:]) if first else None
            if first and second:
                return f"{first} and {second}"
        return None

    def _filled(self, row: Row, filling: Mapping[str, str]) -> Noun | None:
        values: dict[str, Noun] = {}
        for name, chinese in filling.items():
            value = self._slot(row.pattern.slots[name][0], chinese)
            if value is None:
                return None
            values[name] = value
        said = (_said(form, values) for form in row.english.split(" | "))
        english = next((one for one in said if one), None)
        if english is None:
            return None
        if row.kind == "same":
            # national the plan: the article stands first.
            before, article, behind = english.partition(" the ")
            moved = values["x"].english.startswith("the ") and not row.english.startswith("{x}")
            english = f"the {before} {behind}" if article and moved else english
            return Noun((english,), values["x"].kind)
        return Noun((english,), row.kind)

    def _slot(self, kind: str, text: str) -> Noun | None:
        if kind in _OTHER_SLOTS:
            english = _OTHER_SLOTS[kind](text, self._glossary)
            return Noun((english,), kind) if english else None
        if kind == "d":
            done = self.doing(text)
            return Noun((done,), "doing") if done else None
        found = self.noun(text)
        return found if found and _may_fill(kind, found) else None


def _may_fill(kind: str, found: Noun) -> bool:
    if kind == "v":
        return found.kind not in ("act", "list")
    if kind == "h" and found.english.startswith("the "):
        # imported the adjustment plan
        return False
    return kind not in _OF_SLOT or found.kind in _OF_SLOT[kind]


_OF_SLOT = {
    "g": ("good", "generic", "thing", "term", "strict"),
    "h": ("good", "generic"),
    "a": ("act", "term", "strict"),
    "i": ("term",),
    "e": ("entity", "body"),
    "p": ("place",),
    "b": ("body",),
}


def _year(text: str, _: Glossary) -> str | None:
    return str(year_of(text)) if re.fullmatch(YEAR, text) else None


def _digits(text: str, _: Glossary) -> str | None:
    found = number(text)
    return str(found) if found is not None else None


def _count(text: str, _: Glossary) -> str | None:
    found = number(text)
    return counted(found) if found is not None else None


_ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth")  # fmt: skip


def _ordinal(text: str, _: Glossary) -> str | None:
    """In words up to twenty-ninth, in digits above: the 135th."""
    found = number(text) or 0
    if 20 < found < 30:
        return f"twenty-{_ORDINALS[found - 20]}"
    if found >= 30:
        return f"{found}{_ending(found)}"
    return _ORDINALS[found] if 0 < found < len(_ORDINALS) else None


def _ending(count: int) -> str:
    """The letters behind an ordinal in digits: 21st, 112th."""
    if count // 10 % 10 == 1:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")


def _five_years(text: str, _: Glossary) -> str | None:
    """“十四五” is the 14th Five-Year Plan."""
    found = number(text.strip('“”"').removesuffix("五"))
    return f"{found}{_ending(found)} Five-Year Plan" if found else None


_HOLIDAYS = {
    "元旦": "New Year's Day",
    "春节": "Spring Festival",
    "清明节": "Tomb-Sweeping Day",
    "“五一”": "May Day",
    "“五一”假期": "May Day",
    "劳动节": "May Day",
    "端午节": "Dragon Boat Festival",
    "中秋节": "Mid-Autumn Festival",
    "中秋": "Mid-Autumn Festival",
    "国庆节": "National Day",
    "国庆": "National Day",
    "“十一”": "National Day",
}
_HOLIDAY = "|".join(sorted(_HOLIDAYS, key=len, reverse=True))


def _holidays(text: str, _: Glossary) -> str | None:
    """中秋、国庆: the Mid-Autumn Festival and National Day holidays."""
    names = [_HOLIDAYS[name] for name in re.findall(_HOLIDAY, text)]
    return f"{listed(names)} holiday{'s' if len(names) > 1 else ''}"


_SIZES = ((10**9, "billion"), (10**6, "million"))
_CURRENCIES = {"美元": "US dollars", "元": "yuan", "欧元": "euros"}
_MONEY = rf"(\d+(?:\.\d+)?)([亿万])({'|'.join(_CURRENCIES)})"


def _money(text: str, _: Glossary) -> str | None:
    """500亿美元: 50 billion US dollars; below a million in digits."""
    match = re.fullmatch(_MONEY, text)
    if match is None:
        return None
    printed, unit, currency = match.groups()
    amount = Decimal(printed) * scale(unit)
    size, name = next((one for one in _SIZES if amount >= one[0]), (1, ""))
    said = f"{(amount / size).normalize():f} {name}" if name else f"{amount.normalize():,f}"
    return f"{said} {_CURRENCIES[currency]}"


def _month(text: str, _: Glossary) -> str | None:
    return NAMES[int(text) - 1] if 0 < int(text) <= 12 else None


def list_name(text: str, glossary: Glossary) -> str | None:
    """A list of entities: the Unreliable Entity List; None for any other text."""
    known = glossary.get(text, ("strict",)) if text in _LIST_NAMES else None
    return f"the {known.en}" if known else None


def _title(text: str, glossary: Glossary) -> str | None:
    # A title holds phrases, and a phrase titles.
    from services.translator.rules.titles import named

    return named(text, glossary)


def _numbers(text: str, glossary: Glossary) -> str | None:
    """One document number, or several of a year: Announcements No. 55 and No. 56 of 2025 of …."""
    match = _NUMBERS.fullmatch(text)
    if match is None:
        return document_number(text, glossary)
    said = [
        document_number(match["of"] + one, glossary) for one in _NUMBERED.findall(match["several"])
    ]
    return together([one for one in said if one]) if all(said) else None


_NUMBERS = re.compile(
    rf"(?P<of>[^、]+(?:、[^第、]+)*?)(?P<several>{ORDINAL}(?:[、和及]{ORDINAL})+)"
)
_NUMBERED = re.compile(ORDINAL)
# What notices say of quotas: how many there are, who may apply, how they are shared out.
_ASPECT = "(?:总量|数量|申请条件|申领条件|申请程序|申报程序|申报条件|分配原则|分配办法|相关程序|申请和分配细则)"
_NUMBER = rf"(?:\d{{1,4}}|[{CHARACTERS}]{{1,4}})"
_SLOT_PATTERNS = {
    **dict.fromkeys("xvghaeid", r".+"),
    "z": r".+(?:措施|限制|制裁)",
    "p": rf"[{HAN}、（）]{{2,40}}",
    "b": rf"[{HAN}、 ]{{2,60}}",
    "t": r"[^《》]+(?:《[^《》]+》[^《》]*)*",
    "k": r"[^《》]+(?:《[^《》]+》[^《》]*)*(?:协定|公约|条约|议定书)",
    "y": YEAR,
    "n": _NUMBER,
    "w": r"\d{1,2}",
    "c": _NUMBER,
    "o": rf"[{HUNDREDS}]{{1,6}}|\d{{1,3}}",
    "j": rf"(?:{_HOLIDAY})(?:[、和]?(?:{_HOLIDAY}))?",
    "q": rf"“?十[{CHARACTERS}]?五”?",
    "l": rf"[{HAN}]{{4,10}}",
    "u": _MONEY,
    "f": rf"{_ASPECT}(?:(?:、|和|及|以及){_ASPECT})*",
    "m": r"[^，。；]{4,60}号",
}
_OTHER_SLOTS = {
    "y": _year,
    "n": _digits,
    "c": _count,
    "o": _ordinal,
    "j": _holidays,
    "q": _five_years,
    "l": list_name,
    "t": _title,
    "k": _title,
    "u": _money,
    "w": _month,
    "m": _numbers,
}


@cache
def nouns() -> tuple[Row, ...]:
    """The rows of `nouns.tsv`."""
    return tuple(_rows("nouns.tsv"))


@cache
def verbs() -> tuple[Row, ...]:
    """The rows of `verbs.tsv`."""
    return tuple(_rows("verbs.tsv"))


@cache
def _verb_beginnings() -> tuple[str, ...]:
    """The characters that rows of verbs begin with."""
    literal = (re.match(rf"[{HAN}]+", row.chinese) for row in verbs())
    return tuple({match.group() for match in literal if match})


def _rows(name: str) -> Iterator[Row]:
    for line in (files(__package__) / name).read_text("utf-8").splitlines()[1:]:
        if line and not line.startswith("#"):
            kind, chinese, english, example, said = line.split("\t")
            names = [match["name"] for match in SLOT.finditer(chinese)]
            pattern = Pattern(chinese, {slot: _SLOT_PATTERNS[slot[0]] for slot in names})
            yield Row(kind, chinese, english, example, said, pattern)


def _said(form: str, values: Mapping[str, Noun]) -> str | None:
    """A row's English with its values; None when a noun cannot stand as it has it."""
    said, at = "", 0
    for slot in SLOT.finditer(form):
        value = values[slot["name"]]
        english = attributive(value) if slot["form"] else value.english
        if english is None:
            return None
        literal = form[at : slot.start()]
        said += literal
        if said.endswith("the ") and english.startswith("the "):
            english = english.removeprefix("the ")
        if said.endswith("the ") and english.startswith("Several "):
            said = said.removesuffix("the ")
        said, at = said + english, slot.end()
    return said + form[at:]


def attributive(value: Noun) -> str | None:
    """A noun as it stands before another, in the singular: used cars is used car; None if it cannot."""
    words = [_singular(item) for item in value.items]
    return listed([word for word in words if word]) if all(words) and len(words) < 4 else None


def _singular(item: str) -> str | None:
    words = item.removeprefix("the ").split(" ")
    if len(words) > _MOST_WORDS or _PREPOSITIONS.intersection(words) or "," in item:
        return None
    last = words[-1]
    if last.lower() in _STAYS or not last.islower() or last.endswith(("ss", "us", "is")):
        return " ".join(words)
    for plural, singular in (("ies", "y"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"), ("sses", "ss"), ("s", "")):  # fmt: skip
        if last.endswith(plural):
            return " ".join([*words[:-1], last.removesuffix(plural) + singular])
    return " ".join(words)


def _simple(entry: Entry) -> bool:
    return not _PREPOSITIONS.intersection(entry.en.split())


def _before(attribute: str, english: str) -> str:
    bare = english.removeprefix("the ")
    return f"the {attribute} {bare}" if bare != english else f"{attribute} {bare}"


def _alike(one: str, other: str) -> bool:
    return one == other or any({one, other} <= kinds for kinds in _ALIKE)


def _joints(text: str) -> Iterator[tuple[int, int]]:
    """Where 、 and 和 stand in a text outside brackets."""
    closing: list[str] = []
    for at, char in enumerate(text):
        if char in _BRACKETS:
            closing.append(_BRACKETS[char])
        elif closing and char == closing[-1]:
            closing.pop()
        elif not closing and at:
            joint = next((one for one in _AND if text.startswith(one, at)), None)
            if joint:
                yield at, at + len(joint)
