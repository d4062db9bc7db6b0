"""Sentences through engines: cached, repaired, checked, tried once more, then the next engine."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

import structlog

from services.translator.checks.check import Flag, check
from services.translator.draft import Rendered, masked, terms
from services.translator.engines.engine import Answer, Engine, EngineDown, Sentence
from services.translator.glossary import Glossary
from services.translator.repair import repair
from services.translator.text.mask import Masked, unmask

log = structlog.get_logger()

# With one of these an answer is no translation: the Chinese stands instead.
_NO_TRANSLATION = frozenset(
    "empty|chinese left|talks|markup|address invented|loop|strange character|length|no answer"
    "|refused|far too long".split("|")
)


_UNSTORABLE = dict.fromkeys([0, *range(0xD800, 0xE000)], "\N{REPLACEMENT CHARACTER}")


class SentenceCache(Protocol):
    """Answers given before."""

    async def get(self, engine: Engine, sentence: Sentence) -> str | None:
        """The engine's English, None when it was never asked. Raises DependencyDown."""

    async def put(self, engine: Engine, sentence: Sentence, english: str) -> None:
        """Keep it. Raises DependencyDown."""


class _Tried(NamedTuple):
    english: str
    flags: tuple[Flag, ...]
    engine: Engine


@dataclass(frozen=True)
class Engines:
    """The engines in their order of preference, with what all of them share.

    `turn` is awaited before each call of an engine, so that what is in the background lets live
    work pass, and health sees that work moves.
    """

    engines: Sequence[Engine]
    cache: SentenceCache
    _said: dict[str, str] = field(default_factory=dict)

    def down(self, down: EngineDown) -> None:
        """Log that an engine cannot be asked: once until it can, or for another reason."""
        if self._said.get(down.name) != down.why:
            self._said[down.name] = down.why
            log.warning("engine down", engine=down.name, why=down.why)

    async def render(
        self,
        sentences: Sequence[str],
        glossary: Glossary,
        turn: Callable[[], Awaitable[None]],
    ) -> dict[str, Rendered]:
        """Each sentence in English, or why not. Raises DependencyDown for the cache's store."""
        hidden = {sentence: masked(sentence, glossary) for sentence in sentences}
        tried: dict[str, list[_Tried]] = {sentence: [] for sentence in sentences}
        open_: list[str] = list(sentences)
        for engine in self.engines:
            if not open_:
                break
            await self._try(engine, open_, hidden, glossary, tried, turn)
            open_ = [sentence for sentence in open_ if not _good(tried[sentence])]
        return {sentence: _chosen(sentence, tried[sentence]) for sentence in sentences}

    async def _try(
        self,
        engine: Engine,
        sentences: Sequence[str],
        hidden: dict[str, Masked],
        glossary: Glossary,
        tried: dict[str, list[_Tried]],
        turn: Callable[[], Awaitable[None]],
    ) -> None:
        """Ask one engine for all, then once more, alone, for what failed; nothing while it is down."""
        try:
            for start in range(0, len(sentences), engine.at_once):
                await turn()
                some = sentences[start : start + engine.at_once]
                answers = await self._ask(engine, [_request(s, hidden, glossary) for s in some])
                for sentence, answer in zip(some, answers, strict=True):
                    tried[sentence].append(
                        self._judge(engine, sentence, hidden[sentence], answer, glossary)
                    )
            for sentence in [s for s in sentences if not _good(tried[s])]:
                await turn()
                # Without its terms: they are what a small model most often copies into the text.
                again = Sentence(hidden[sentence].text, again=True)
                (answer,) = await self._ask(engine, [again])
                tried[sentence].append(
                    self._judge(engine, sentence, hidden[sentence], answer, glossary)
                )
        except EngineDown as down:
            self.down(down)
        else:
            self._said.pop(engine.name, None)

    async def _ask(self, engine: Engine, requests: Sequence[Sentence]) -> list[Answer]:
        """Answers from the cache, the others from the engine, and kept."""
        known = [await self.cache.get(engine, request) for request in requests]
        missing = [request for request, text in zip(requests, known, strict=True) if text is None]
        fresh = iter(await engine.translate(missing) if missing else [])
        answers = []
        for request, text in zip(requests, known, strict=True):
            if text is not None:
                answers.append(Answer(text))
                continue
            answer = _storable(next(fresh), request)
            if not answer.fault:
                await self.cache.put(engine, request, answer.text)
            answers.append(answer)
        return answers

    def _judge(
        self, engine: Engine, sentence: str, hidden: Masked, answer: Answer, glossary: Glossary
    ) -> _Tried:
        if answer.fault:
            return _Tried(answer.text, (Flag(answer.fault, answer.text[-60:]),), engine)
        shown, lost = unmask(answer.text, hidden.english)
        english = repair(sentence, shown, glossary)
        return _Tried(english, tuple(check(sentence, english, glossary, lost)), engine)


def _storable(answer: Answer, request: Sentence) -> Answer:
    """An answer that every store can hold; what no translation is as long as is cut off.

    Neither JSON nor Postgres takes NUL and lone surrogates, which an endpoint may well send: they
    become U+FFFD, which the checks find.
    """
    if len(answer.text) > 20 * len(request.text) + 500:
        return Answer(answer.text[:60].translate(_UNSTORABLE), "far too long")
    return answer._replace(text=answer.text.translate(_UNSTORABLE))


def _request(sentence: str, hidden: dict[str, Masked], glossary: Glossary) -> Sentence:
    return Sentence(hidden[sentence].text, terms(sentence, glossary))


def _good(tried: Sequence[_Tried]) -> bool:
    return any(not one.flags for one in tried)


def _chosen(sentence: str, tried: Sequence[_Tried]) -> Rendered:
    """The answer with the fewest flags, the first of equals; none that is no translation."""
    if not tried:
        return Rendered(None, waiting=True)
    best = min(tried, key=lambda one: (_useless(one), len(one.flags)))
    kept = None if _useless(best) else best.english
    return Rendered(kept, best.flags, best.engine.name, best.engine.version)


def _useless(one: _Tried) -> bool:
    return any(flag.check in _NO_TRANSLATION for flag in one.flags)
