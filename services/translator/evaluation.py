"""Evaluates engines: chrF, numbers, names, checks and speed, on pairs with a reference."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import date
from time import perf_counter
from typing import NamedTuple

from services.translator.checks.names import check_names
from services.translator.checks.numbers import check_numbers
from services.translator.engine_chain import EngineChain
from services.translator.engines.engine import Engine, Request
from services.translator.glossary import glossary
from services.translator.sentence import Sentence

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


class EngineMissing(Exception):
    """An engine to be measured is not available; the message says why."""


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


async def evaluate(
    engines: Sequence[Engine], pairs: Sequence[Reference], chrf: Chrf, wait_seconds: float
) -> list[Measured]:
    """Measure each engine by itself, without any cache, as it would be published: after repairs.

    Raises EngineMissing when one is not ready in time.
    """
    measured = []
    for engine in engines:
        await engine.start()
        try:
            await _ready(engine, wait_seconds)
            measured.append(await _measure(engine, pairs, chrf))
        finally:
            await engine.close()
    return measured


async def _measure(engine: Engine, pairs: Sequence[Reference], chrf: Chrf) -> Measured:
    sentences = [Sentence(pair.chinese, glossary().on(pair.on)) for pair in pairs]
    begun = perf_counter()
    rendered = await EngineChain([engine], _NoCache()).render(sentences, _at_once)
    seconds = perf_counter() - begun
    if any(result.waiting for result in rendered.values()):
        raise EngineMissing(f"{engine.name}: {await engine.health() or 'it went away'}")
    english = {sentence: result.english or "" for sentence, result in rendered.items()}
    return Measured(
        engine=engine.name,
        version=engine.version,
        sentences=len(pairs),
        chrf=chrf([english[one] for one in sentences], [pair.english for pair in pairs]),
        numbers_kept=_share(
            not check_numbers(one, english[one])
            for one in sentences
            if any(quantity.must for quantity in one.quantities)
        ),
        names_kept=_share(not check_names(one, english[one]) for one in sentences if one.names),
        passed=_share(bool(english[one]) and not rendered[one].flags for one in sentences) or 0.0,
        untranslated=sum(rendered[one].english is None for one in sentences),
        seconds=seconds,
    )


async def _ready(engine: Engine, wait_seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(engine.started(), wait_seconds)
    if (why := await engine.health()) is not None:
        raise EngineMissing(f"{engine.name}: {why}")


async def _at_once() -> None:
    """No other work: never waits."""


class _NoCache:
    """A cache that stores nothing, so that the engine itself is measured."""

    async def get(self, engine: Engine, request: Request) -> str | None:
        return None

    async def put(self, engine: Engine, request: Request, english: str) -> None:
        return None


def _share(good: Iterable[bool]) -> float | None:
    counted = list(good)
    return sum(counted) / len(counted) if counted else None


def _day(text: str) -> date:
    return date(int(text), 12, 31) if len(text) == 4 else date.fromisoformat(text)
