"""Runs engines over pairs for `services.translator.evaluate`, without any cache."""

import asyncio
from collections.abc import Sequence
from itertools import groupby
from time import perf_counter

from services.translator.draft import Rendered
from services.translator.engines.engine import Engine, Sentence
from services.translator.evaluate import Chrf, Measured, Reference, measure
from services.translator.glossary import glossary
from services.translator.sentences import Engines


class EngineMissing(Exception):
    """An engine that is to be measured is not there; the message says why."""


class _Nothing:
    """A cache that keeps nothing: what is measured is the engine."""

    async def get(self, engine: Engine, sentence: Sentence) -> str | None:
        return None

    async def put(self, engine: Engine, sentence: Sentence, english: str) -> None:
        return None


async def evaluate(
    engines: Sequence[Engine],
    pairs: Sequence[Reference],
    chrf: Chrf,
    wait_seconds: float,
) -> list[Measured]:
    """Measure each engine by itself. Raises EngineMissing when one is not ready in time."""
    measured = []
    for engine in engines:
        await engine.start()
        try:
            await _ready(engine, wait_seconds)
            measured.append(await _one(engine, pairs, chrf))
        finally:
            await engine.close()
    return measured


async def _one(engine: Engine, pairs: Sequence[Reference], chrf: Chrf) -> Measured:
    words = glossary()
    alone = Engines([engine], _Nothing())
    rendered: dict[Reference, Rendered] = {}
    begun = perf_counter()
    for on, group in groupby(pairs, key=lambda pair: pair.on):
        some = list(group)
        sentences = list(dict.fromkeys(pair.chinese for pair in some))
        made = await alone.render(sentences, words.on(on), _no_turn)
        rendered |= {pair: made[pair.chinese] for pair in some}
    seconds = perf_counter() - begun
    waiting = any(one.waiting for one in rendered.values())
    if waiting:
        raise EngineMissing(f"{engine.name}: {await engine.health() or 'it went away'}")
    return measure(engine.name, engine.version, pairs, rendered, seconds, words, chrf)


async def _ready(engine: Engine, wait_seconds: float) -> None:
    end = perf_counter() + wait_seconds
    while (why := await engine.health()) is not None:
        if perf_counter() > end:
            raise EngineMissing(f"{engine.name}: {why}")
        await asyncio.sleep(0.2)


async def _no_turn() -> None:
    """Nothing else is at work."""
