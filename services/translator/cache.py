"""A cache of translated sentences in the blob store: engines only translate what has changed."""

import hashlib
import json

from services.translator.engines.engine import Engine, Request
from shared.blobs import Blobs
from shared.errors import BlobMissing


class BlobAnswers:
    """Answers by engine, its version, the text and the glossary's words in it.

    Those words are the glossary's version as far as the sentence goes: a new entry costs only the
    sentences that have it. What is kept is the engine's own answer, before repairs and checks, so that better ones are
    applied to it without asking again.
    """

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs

    async def get(self, engine: Engine, request: Request) -> str | None:
        """The engine's stored answer; None if there is none. Raises DependencyDown."""
        try:
            kept = json.loads(await self._blobs.get_sentence(_name(engine, request)))
        except (BlobMissing, ValueError):
            return None
        return str(kept["english"])

    async def put(self, engine: Engine, request: Request, english: str) -> None:
        """Store an answer. Raises DependencyDown."""
        kept = {
            "engine": engine.name,
            "version": engine.version,
            "terms": dict(request.terms),
            "chinese": request.text,
            "english": english,
        }
        data = json.dumps(kept, ensure_ascii=False).encode()
        await self._blobs.put_sentence(_name(engine, request), data)


def _name(engine: Engine, request: Request) -> str:
    parts = [engine.name, engine.version, request.text]
    parts += [f"{zh}={en}" for zh, en in request.terms]
    parts += ["again"] * request.retry
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
