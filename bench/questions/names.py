"""Names of companies that do not exist, ways in which people write them, and names that are other ones."""

from collections.abc import Callable, Iterator, Mapping
from random import Random
from typing import NamedTuple

_FIRST = (
    "Arden Beacon Castor Delmar Evergreen Falcon Granite Harbor Ironwood Juniper Kestrel Larkspur Meridian"
    " Northgate Orion Pinnacle Quarry Redstone Summit Talon Umbra Vanguard Westlake Yarrow Zephyr"
).split()
_SECOND = (
    "Aerospace Defense Dynamics Electronics Imaging Instruments Laboratories Marine Materials Microsystems"
    " Optics Photonics Robotics Semiconductors Systems Technologies"
).split()
_THIRD = ("", "International", "Group", "of America", "Land Systems", "Solutions")
_FORMS = ("Inc.", "LLC", "Corporation", "Co., Ltd.", "Limited", "GmbH")
_SOUNDS = "阿 贝 卡 德 埃 法 格 哈 艾 朱 凯 拉 梅 诺 奥 皮 夸 雷 萨 塔 乌 范 韦 亚 泽 斯 克 特 尔 顿 森 兰".split()
_TRADES = "航空航天 防务 动力 电子 成像 仪器 实验室 海事 材料 微系统 光学 光子 机器人 半导体 系统 技术".split()
_SHORT = {
    "International": "Intl", "Technologies": "Tech", "Laboratories": "Labs", "Electronics": "Elec.",
    "Instruments": "Instr.", "Corporation": "Corp.", "Limited": "Ltd", "Systems": "Sys",
}  # fmt: skip
_TRADITIONAL = str.maketrans(
    "贝诺韦亚兰凯尔顿动电仪实验材学机术统务", "貝諾韋亞蘭凱爾頓動電儀實驗材學機術統務"
)


class Name(NamedTuple):
    """A company by both of its names."""

    zh: str
    latin: str


def names(count: int, seed: int) -> list[Name]:
    """Distinct names, the same for the same seed."""
    random = Random(seed)  # noqa: S311
    found: dict[str, Name] = {}
    while len(found) < count:
        first, trade = random.choice(_FIRST), random.randrange(len(_SECOND))
        letters = "".join(random.choice("aeiou") + random.choice("bdklmnrst") for _ in range(2))
        core = " ".join(
            part for part in (first + letters, _SECOND[trade], random.choice(_THIRD)) if part
        )
        sounds = "".join(random.choice(_SOUNDS) for _ in range(random.randint(3, 5)))
        name = Name(f"{sounds}{_TRADES[trade]}公司", f"{core} {random.choice(_FORMS)}")
        found.setdefault(core, name)
    return list(found.values())


def _at(random: Random, name: str) -> int:
    """A place within the first word."""
    return random.randint(1, max(1, len(name.split()[0]) - 2))


def _dropped(random: Random, name: Name) -> str:
    at = _at(random, name.latin)
    return name.latin[:at] + name.latin[at + 1 :]


def _swapped(random: Random, name: Name) -> str:
    at = _at(random, name.latin)
    return name.latin[:at] + name.latin[at + 1] + name.latin[at] + name.latin[at + 2 :]


def _doubled(random: Random, name: Name) -> str:
    at = _at(random, name.latin)
    return name.latin[:at] + name.latin[at] + name.latin[at:]


def _abbreviated(random: Random, name: Name) -> str:
    return " ".join(_SHORT.get(word, word) for word in name.latin.split())


def _without_form(random: Random, name: Name) -> str:
    return next(
        name.latin.removesuffix(form).strip() for form in _FORMS if name.latin.endswith(form)
    )


def _other_form(random: Random, name: Name) -> str:
    return f"{_without_form(random, name)} {random.choice(('S.A.', 'Ltd', 'PLC', 'AG'))}".upper()


def _another_sound(random: Random, name: Name) -> str:
    at = random.randint(0, 2)
    return name.zh[:at] + random.choice(_SOUNDS) + name.zh[at + 1 :]


# Ways in which one name is written, by what is done to it.
VARIANTS: Mapping[str, Callable[[Random, Name], str]] = {
    "letter dropped": _dropped,
    "letters swapped": _swapped,
    "letter doubled": _doubled,
    "words abbreviated": _abbreviated,
    "no legal form": _without_form,
    "another legal form": _other_form,
    "accents": lambda random, name: name.latin.replace("e", "é", 1).replace("o", "ö", 1),
    "two words as one": lambda random, name: name.latin.replace(" ", "", 1),
    "Chinese": lambda random, name: name.zh,
    "Chinese, longer form": lambda random, name: name.zh.removesuffix("公司") + "股份有限公司",
    "Chinese, traditional": lambda random, name: name.zh.translate(_TRADITIONAL),
    "Chinese, one character different": _another_sound,
    "both names": lambda random, name: f"{name.zh}（{name.latin}）",
}


def written(listed: list[Name], seed: int) -> Iterator[tuple[str, str, Name]]:
    """Each listed name in each way: what was done, what is asked, and whom it means."""
    random = Random(seed)  # noqa: S311
    for name in listed:
        for done, change in VARIANTS.items():
            yield done, change(random, name), name
