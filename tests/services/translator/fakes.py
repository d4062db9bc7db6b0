"""Engines and stores in memory, for the translator's tests."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from services.translator.engine_chain import EngineChain
from services.translator.engines.engine import Answer, Engine, EngineDown, Request
from services.translator.glossary import glossary
from services.translator.translate import Translate

AT = datetime(2026, 1, 2, tzinfo=UTC)


class Memory:
    """A cache of sentences that counts what is asked of it."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str, Request], str] = {}

    async def get(self, engine: Engine, sentence: Request) -> str | None:
        return self.kept.get((engine.name, engine.version, sentence))

    async def put(self, engine: Engine, sentence: Request, english: str) -> None:
        self.kept[engine.name, engine.version, sentence] = english


class Scripted:
    """An engine that answers as told; `down` says why it does not."""

    def __init__(
        self,
        answer: Callable[[Request], Answer | str],
        name: str = "scripted",
        version: str = "1",
        down: str | None = None,
    ) -> None:
        self.name = name
        self.version = version
        self.down = down
        self.at_once = 4
        self.asked: list[list[Request]] = []
        self.looks = 0
        self._answer = answer

    async def start(self) -> None:
        return None

    async def started(self) -> None:
        return None

    async def health(self) -> str | None:
        self.looks += 1
        return self.down

    async def translate(self, sentences: Sequence[Request]) -> list[Answer]:
        if self.down:
            raise EngineDown(self.name, self.down)
        self.asked.append(list(sentences))
        given = [self._answer(sentence) for sentence in sentences]
        return [Answer(one) if isinstance(one, str) else one for one in given]

    async def close(self) -> None:
        return None


class Summarising(Scripted):
    """One that also sums up."""

    def __init__(self, answer: Callable[[Request], Answer | str], summary: Answer) -> None:
        super().__init__(answer)
        self._summary = summary

    async def summarise(self, text: str) -> Answer:
        return self._summary


def translator(*engines: Engine, memory: Memory | None = None, most: int = 1000) -> Translate:
    """The whole of the translator's own work, with engines in their order."""
    shared = EngineChain(engines, memory or Memory())
    return Translate(shared, glossary(), most, clock=lambda: AT)


async def at_once() -> None:
    """A turn that is always free."""
