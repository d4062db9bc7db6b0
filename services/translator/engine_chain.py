"""Translates sentences by cache or engine, with repairs and checks; retries, then falls back."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

import structlog

from services.translator.checks.check import Flag, check
from services.translator.draft import Rendered
from services.translator.engines.engine import Answer, Engine, EngineDown, Request
from services.translator.repair import repair
from services.translator.sentence import Sentence
from services.translator.text.mask import unmask

log = structlog.get_logger()

# With one of these an answer is not a translation: the Chinese stands instead.
_NO_TRANSLATION = frozenset(
    "empty|chinese left|talks|markup|address invented|loop|strange character|length|no answer"
    "|refused|far too long".split("|")
)
_UNSTORABLE = dict.fromkeys([0, *range(0xD800, 0xE000)], "\N{REPLACEMENT CHARACTER}")

BeforeCall = Callable[[], Awaitable[None]]
"""Awaited before each call of an engine: live work goes first, and health sees that work moves."""


class AnswerCache(Protocol):
    """The cache of engines' answers."""

    async def get(self, engine: Engine, request: Request) -> str | None:
        """The engine's stored answer; None if there is none. Raises DependencyDown."""

    async def put(self, engine: Engine, request: Request, english: str) -> None:
        """Store an answer. Raises DependencyDown."""


class _Attempt(NamedTuple):
    english: str
    flags: tuple[Flag, ...]
    engine: Engine

    @property
    def useless(self) -> bool:
        """Whether it is not a translation at all."""
        return any(flag.check in _NO_TRANSLATION for flag in self.flags)


_Attempts = dict[Sentence, list[_Attempt]]


@dataclass(frozen=True)
class EngineChain:
    """The engines in order of preference, with their shared cache."""

    engines: Sequence[Engine]
    cache: AnswerCache
    _reported: dict[str, str] = field(default_factory=dict)

    def report_down(self, down: EngineDown) -> None:
        """Log that an engine is down, once until it is up again or the reason changes."""
        if self._reported.get(down.name) != down.why:
            self._reported[down.name] = down.why
            log.warning("engine down", engine=down.name, why=down.why)

    async def render(
        self, sentences: Sequence[Sentence], before_call: BeforeCall
    ) -> dict[Sentence, Rendered]:
        """Each sentence in English, or why not. Raises DependencyDown if the cache is down."""
        attempts: _Attempts = {sentence: [] for sentence in sentences}
        unsolved: Sequence[Sentence] = sentences
        for engine in self.engines:
            if not unsolved:
                break
            await self._try(engine, unsolved, attempts, before_call)
            unsolved = [sentence for sentence in unsolved if not _passed(attempts[sentence])]
        return {sentence: _best(attempts[sentence]) for sentence in sentences}

    async def _try(
        self,
        engine: Engine,
        sentences: Sequence[Sentence],
        attempts: _Attempts,
        before_call: BeforeCall,
    ) -> None:
        """Ask one engine for all sentences, and once more, singly, for those that failed."""
        try:
            for start in range(0, len(sentences), engine.at_once):
                batch = sentences[start : start + engine.at_once]
                await before_call()
                requests = [Request(one.masked.text, one.terms) for one in batch]
                answers = await self._ask(engine, requests)
                for sentence, answer in zip(batch, answers, strict=True):
                    attempts[sentence].append(_attempt(engine, sentence, answer))
            for sentence in [one for one in sentences if not _passed(attempts[one])]:
                await before_call()
                # Without its terms: they are what a small model most often copies into the text.
                retry = Request(sentence.masked.text, retry=True)
                (answer,) = await self._ask(engine, [retry])
                attempts[sentence].append(_attempt(engine, sentence, answer))
        except EngineDown as down:
            self.report_down(down)
        else:
            self._reported.pop(engine.name, None)

    async def _ask(self, engine: Engine, requests: Sequence[Request]) -> list[Answer]:
        """Answers from the cache, else from the engine, which are then stored."""
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


def _storable(answer: Answer, request: Request) -> Answer:
    """An answer that every store can hold; what no translation is as long as is cut off.

    Neither JSON nor Postgres takes NUL and lone surrogates, which an endpoint may well send: they
    become U+FFFD, which the checks find.
    """
    if len(answer.text) > 20 * len(request.text) + 500:
        return Answer(answer.text[:60].translate(_UNSTORABLE), "far too long")
    return answer._replace(text=answer.text.translate(_UNSTORABLE))


def _attempt(engine: Engine, sentence: Sentence, answer: Answer) -> _Attempt:
    if answer.fault:
        return _Attempt(answer.text, (Flag(answer.fault, answer.text[-60:]),), engine)
    unmasked, lost = unmask(answer.text, sentence.masked.english)
    english = repair(sentence, unmasked)
    return _Attempt(english, tuple(check(sentence, english, lost)), engine)


def _passed(attempts: Sequence[_Attempt]) -> bool:
    return any(not attempt.flags for attempt in attempts)


def _best(attempts: Sequence[_Attempt]) -> Rendered:
    """The answer with the fewest flags, the first of equals; without English if none is usable."""
    if not attempts:
        return Rendered(None, waiting=True)
    best = min(attempts, key=lambda attempt: (attempt.useless, len(attempt.flags)))
    english = None if best.useless else best.english
    return Rendered(english, best.flags, best.engine.name, best.engine.version)
