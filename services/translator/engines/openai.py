"""Any endpoint that speaks OpenAI's chat completions: Ollama, llama.cpp, vLLM, DeepSeek, OpenAI.

The contract is the one measured on llama.cpp's server; anything else that comes is a fault of the
sentence or makes the engine down, never a translation.
"""

import asyncio
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import structlog

from services.translator.engines.engine import Answer, EngineDown, Request
from services.translator.engines.prompt import PROMPT_VERSION, summary, translation
from services.translator.http import Http, Reply, Unreachable
from shared.retry_after import seconds_to_wait

log = structlog.get_logger()

# A sentence has at most 120 characters, an English word is one to two tokens.
_SENTENCE_TOKENS = 512
_SUMMARY_TOKENS = 700
_THOUGHT = re.compile(r"^\s*<think>.*?</think>\s*", re.DOTALL)
_KEY_REFUSED = (401, 402, 403)
# Their sentences are not to blame: they are asked again, and then wait.
_OVERLOADED = (429, 502, 503, 504)
# What newer models of OpenAI's refuse by its name, and what it is called there; "" is left out.
_RENAMED = {"max_tokens": "max_completion_tokens", "temperature": ""}


@dataclass(frozen=True)
class Patience:
    """How often a request is sent, and the pause before the second, doubled each time.

    A Retry-After is kept up to `longest_seconds`.
    """

    attempts: int
    pause_seconds: float
    longest_seconds: float


class OpenAI:
    """`base_url` ends with the version as its makers write it: http://127.0.0.1:11434/v1."""

    name = "openai"

    def __init__(
        self,
        base_url: str,
        model: str,
        key: str | None,
        http: Http,
        patience: Patience,
        at_once: int,
    ) -> None:
        self.version = f"{model} {PROMPT_VERSION}"
        self._base = base_url.rstrip("/")
        self._model = model
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._http = http
        self._patience = patience
        self._renamed: set[str] = set()
        self.at_once = at_once

    async def start(self) -> None:
        """Nothing to start: every request is independent."""

    async def started(self) -> None:
        """Nothing to wait for."""

    async def health(self) -> str | None:
        try:
            reply = await self._http.get(f"{self._base}/models", self._headers)
        except Unreachable as error:
            return str(error)
        # Not every endpoint lists its models; one that answers 404 is there.
        return None if reply.status in (200, 404, 405) else _refusal(self._base, reply)

    async def translate(self, requests: Sequence[Request]) -> list[Answer]:
        return list(
            await asyncio.gather(
                *(
                    self._complete(translation(one.text, one.terms), _SENTENCE_TOKENS)
                    for one in requests
                )
            )
        )

    async def summarise(self, text: str) -> Answer:
        """Two to five sentences on an English text. Raises EngineDown."""
        return await self._complete(summary(text), _SUMMARY_TOKENS)

    async def close(self) -> None:
        await self._http.close()

    async def _complete(self, messages: list[dict[str, str]], tokens: int) -> Answer:
        """Retry until there is an answer or no attempt is left. Raises EngineDown."""
        why, overloaded = "", False
        for attempt in range(self._patience.attempts):
            pause = self._patience.pause_seconds * 2**attempt
            try:
                reply = await self._post(messages, tokens)
            except Unreachable as error:
                why, overloaded = str(error), False
            else:
                if reply.status == 200:
                    answer = _answer(reply)
                    if answer is not None:
                        return answer
                    why, overloaded = "its answer is not what was agreed", False
                elif reply.status in _OVERLOADED or reply.status >= 500:
                    why, overloaded = _refusal(self._base, reply), reply.status in _OVERLOADED
                    pause = max(pause, _retry_after(reply))
                elif reply.status in (400, 413, 422):
                    log.warning(
                        "sentence refused", engine=self.name, why=_refusal(self._base, reply)
                    )
                    return Answer("", "refused")
                else:
                    raise EngineDown(self.name, _refusal(self._base, reply))
            if attempt + 1 < self._patience.attempts:
                await asyncio.sleep(min(pause, self._patience.longest_seconds))
        # One sentence may be what it cannot do: down is only what does not answer anything.
        unwell = why if overloaded else await self.health()
        if unwell:
            raise EngineDown(self.name, unwell)
        log.warning("sentence without an answer", engine=self.name, why=why)
        return Answer("", "no answer")

    async def _post(self, messages: list[dict[str, str]], tokens: int) -> Reply:
        while True:
            asked = {
                "model": self._model,
                "messages": messages,
                "temperature": 0,
                "max_tokens": tokens,
                "stream": False,
            }
            for name in self._renamed:
                value = asked.pop(name)
                if _RENAMED[name]:
                    asked[_RENAMED[name]] = value
            reply = await self._http.post(f"{self._base}/chat/completions", asked, self._headers)
            refused = _error(reply).get("param") if reply.status == 400 else None
            if refused not in _RENAMED or refused in self._renamed:
                return reply
            self._renamed.add(refused)


def _answer(reply: Reply) -> Answer | None:
    """The answer in a completion; None if the body is not a completion."""
    try:
        said: Any = json.loads(reply.body)
        choice = said["choices"][0]
        content = choice["message"]["content"]
        reason = choice["finish_reason"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        return None
    if not isinstance(content, str):
        return None
    if reason == "length":
        return Answer(content, "length")
    if reason == "content_filter":
        return Answer("", "refused")
    if reason != "stop":
        return None
    return Answer(_THOUGHT.sub("", content).strip())


def _refusal(base: str, reply: Reply) -> str:
    said = f"{base} answers {reply.status}"
    if reply.status in _KEY_REFUSED:
        return f"{said}: the key is refused"
    if reply.status == 503:
        return f"{said}: it is loading or overloaded"
    message = " ".join(str(_error(reply).get("message") or "").split())[:200]
    return f"{said}: {message}" if message else said


def _error(reply: Reply) -> dict[str, Any]:
    """The error object of a refusal; {} if it has none."""
    try:
        error = json.loads(reply.body)["error"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}
    return error if isinstance(error, dict) else {"message": error}


def _retry_after(reply: Reply) -> float:
    return seconds_to_wait(reply.headers.get("retry-after", ""), datetime.now(UTC)) or 0.0
