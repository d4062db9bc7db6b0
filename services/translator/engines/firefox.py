"""The default engine: Firefox's own model, run in this process by fxtranslate."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

import structlog

from services.translator.engines.engine import Answer, EngineDown, Request
from services.translator.engines.model import MODEL_VERSION, ModelMissing, ModelStore
from shared.loops import until_result

log = structlog.get_logger()
T = TypeVar("T")


class Model(Protocol):
    """The interface of fxtranslate: one sentence in, one sentence out."""

    def translate(self, text: str) -> str: ...


def load(paths: dict[str, Path]) -> Model:
    """Load the model. Raises ValueError for invalid files, ImportError without the wheel."""
    from fxtranslate import Translator

    by_kind = {name.split(".")[0]: path.read_bytes() for name, path in paths.items()}
    vocabulary = by_kind["vocab"]
    translator: Any = Translator(
        by_kind["model"], vocabulary, vocabulary, shortlist=by_kind.get("lex")
    )
    return translator  # type: ignore[no-any-return]


class NativeError(Exception):
    """The native engine failed."""


def _contained(call: Callable[[], T]) -> T:
    """Call native code; a Rust panic, which is not an Exception, becomes a NativeError."""
    try:
        return call()
    except Exception:
        raise
    except BaseException as panic:
        raise NativeError(repr(panic)) from panic


class Firefox:
    """Downloads the model in the background; until it is loaded the engine is down and says why.

    Sentences go one by one to a thread of its own: the native engine is bound to the thread that
    made it, and takes single sentences of limited length, which is what is sent here.
    """

    name = "firefox"
    version = MODEL_VERSION
    # Tens of milliseconds each.
    at_once = 16

    def __init__(
        self,
        store: ModelStore,
        retry_seconds: float,
        timeout_seconds: float,
        load: Callable[[dict[str, Path]], Model] = load,
    ) -> None:
        self._store = store
        self._retry_seconds = retry_seconds
        self._timeout_seconds = timeout_seconds
        self._load = load
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="firefox")
        self._model: Model | None = None
        self._why: str | None = "the model is being looked for"
        self._getting: asyncio.Task[bool] | None = None
        self._tried = asyncio.Event()
        self._stuck: asyncio.Future[str] | None = None
        # Sentences that never finished: asked again they would block all others once more.
        self._endless: set[str] = set()

    async def start(self) -> None:
        """Start looking for the model and fetching it."""
        if self._getting is None:
            self._getting = asyncio.create_task(until_result(self._retry_seconds, self._get))

    async def started(self) -> None:
        """Return when the model is loaded, or the first attempt to get it has failed."""
        await self._tried.wait()

    async def health(self) -> str | None:
        if self._stuck is not None and not self._stuck.done():
            return f"a sentence has taken over {self._timeout_seconds:g} s"
        return self._why

    async def translate(self, requests: Sequence[Request]) -> list[Answer]:
        why = await self.health()
        if why:
            raise EngineDown(self.name, why)
        return [await self._answer(request.text) for request in requests]

    async def close(self) -> None:
        if self._getting:
            self._getting.cancel()
            with suppress(asyncio.CancelledError):
                await self._getting
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def _answer(self, text: str) -> Answer:
        if text in self._endless:
            return Answer("", "no answer")
        model = self._model
        if model is None or (self._stuck is not None and not self._stuck.done()):
            raise EngineDown(self.name, await self.health() or "not started")
        working = self._natively(partial(model.translate, text))
        done, _ = await asyncio.wait({working}, timeout=self._timeout_seconds)
        if not done:
            # The native call cannot be ended: until it ends nothing else can be asked.
            self._stuck = working
            self._endless.add(text)
            log.error("sentence without an end", engine=self.name, characters=len(text))
            return Answer("", "no answer")
        error = working.exception()
        if error:
            log.error("sentence without an answer", engine=self.name, why=repr(error))
            return Answer("", "no answer")
        return Answer(working.result())

    def _natively(self, call: Callable[[], T]) -> asyncio.Future[T]:
        return asyncio.get_running_loop().run_in_executor(self._thread, _contained, call)

    async def _get(self) -> bool | None:
        """True once the model is loaded, None when it is to be tried again."""
        try:
            paths = await self._store.paths()
            self._model = await self._natively(partial(self._load, paths))
        except ModelMissing as missing:
            self._why = str(missing)
        except (ValueError, ImportError, OSError, NativeError) as error:
            self._why = f"the model cannot be loaded: {error}"
        else:
            self._why = None
            log.info("model loaded", engine=self.name, version=self.version)
            return True
        finally:
            self._tried.set()
        log.warning("no model", engine=self.name, why=self._why, again_in=self._retry_seconds)
        return None
