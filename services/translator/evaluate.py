"""How good translations are: chrF, numbers, names, checks and speed, on pairs with a reference."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from services.translator.checks import chinese
from services.translator.checks.names import check_names
from services.translator.checks.numbers import check_numbers
from services.translator.draft import Rendered
from services.translator.glossary import Glossary

Chrf = Callable[[Sequence[str], Sequence[str]], float]
"""chrF of translations against references, 0 to 100."""


class Reference(NamedTuple):
    """A Chinese sentence, what a person made of it, and the day by which names are chosen."""

    chinese: str
    english: str
    on: date | None


class Measured(NamedTuple):
    """Shares are 0 to 1, of the sentences that hold what is measured; None when none does.

    `chrf` is 0 to 100 over all sentences, an untranslated one counting as empty; `passed` the share
    that every check passed; `seconds` the engine's time in all.
    """

    engine: str
    version: str
    sentences: int
    chrf: float
    numbers_kept: float | None
    names_kept: float | None
    passed: float
    untranslated: int
    seconds: float

    @property
    def per_second(self) -> float:
        return self.sentences / self.seconds if self.seconds else 0.0


class WrongFile(ValueError):
    """A file of pairs that cannot be read; the message names the line."""


def read_pairs(text: str) -> list[Reference]:
    """Pairs from lines of Chinese TAB English [TAB YYYY or YYYY-MM-DD]; # begins a comment.

    Raises WrongFile.
    """
    pairs = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        parts = [part.strip() for part in line.split("\t")]
        if not 2 <= len(parts) <= 3 or not all(parts):
            raise WrongFile(f"line {number}: expected Chinese, TAB, English, and perhaps a date")
        try:
            on = _day(parts[2]) if len(parts) == 3 else None
        except ValueError:
            raise WrongFile(f"line {number}: {parts[2]!r} is neither YYYY nor YYYY-MM-DD") from None
        pairs.append(Reference(parts[0], parts[1], on))
    if not pairs:
        raise WrongFile("no pair in it")
    return pairs


def measure(
    engine: str,
    version: str,
    pairs: Sequence[Reference],
    rendered: Mapping[Reference, Rendered],
    seconds: float,
    glossary: Glossary,
    chrf: Chrf,
) -> Measured:
    """Measure what an engine made of `pairs`, after repairs, as it would be published."""
    made = [(pair, rendered[pair], rendered[pair].english or "") for pair in pairs]
    numbered = [(pair, text) for pair, _, text in made if _has_numbers(pair.chinese)]
    named = [(pair, text) for pair, _, text in made if any(glossary.on(pair.on).find(pair.chinese))]
    return Measured(
        engine=engine,
        version=version,
        sentences=len(pairs),
        chrf=chrf([text for _, _, text in made], [pair.english for pair in pairs]),
        numbers_kept=_share([not check_numbers(pair.chinese, text) for pair, text in numbered]),
        names_kept=_share(
            [not check_names(pair.chinese, text, glossary.on(pair.on)) for pair, text in named]
        ),
        passed=_share([bool(text) and not one.flags for _, one, text in made]) or 0.0,
        untranslated=sum(one.english is None for _, one, _ in made),
        seconds=seconds,
    )


def _has_numbers(text: str) -> bool:
    return any(quantity.must for quantity in chinese.quantities(text))


def _share(good: Sequence[bool]) -> float | None:
    return sum(good) / len(good) if good else None


def _day(text: str) -> date:
    return date(int(text), 12, 31) if len(text) == 4 else date.fromisoformat(text)
