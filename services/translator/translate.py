"""One notice into English: rules, engines, checks, summary; each field with what made it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import structlog

from services.translator.draft import Draft, Rendered, assemble, draft, placed
from services.translator.engines.engine import Engine, EngineDown, Summariser
from services.translator.glossary import Glossary
from services.translator.sentences import Engines
from services.translator.summary.faithful import faithful, wellformed
from services.translator.summary.template import summarise
from services.translator.version import RULES_VERSION
from shared.notice import Notice
from shared.translation import TranslatedField, Translation, TranslationFlag, TranslationState

log = structlog.get_logger()

# More would make an event of flags; a text with as many has one thing wrong with all of it.
_MOST_FLAGS = 200
# What an engine is given to sum up: the head of a document says what it is about.
_SUMMED_UP = 6_000
_TOO_MANY = TranslationFlag(check="too many sentences")


@dataclass(frozen=True)
class Translate:
    """Translates notices. `most` is how many sentences of a text are sent to engines at most."""

    engines: Engines
    glossary: Glossary
    most: int
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    async def __call__(
        self,
        notice: Notice,
        on: date | None,
        turn: Callable[[], Awaitable[None]],
        later: str | None = None,
    ) -> Translation:
        """The English of a notice; `on` is its date, by which names are chosen.

        With `later`, the reason, no engine is asked: what rules leave is pending.

        Never raises for a sentence: what cannot be rendered is said in the field's state. Raises
        DependencyDown when the cache's store does not answer.
        """
        glossary = self.glossary.on(on)
        title = draft(notice.title or "", glossary)
        # Off the loop: a text of megabytes takes seconds.
        text = await asyncio.to_thread(draft, notice.body_text, glossary)
        title_left, text_left = title.left(), text.left()
        sent = list(dict.fromkeys([*title_left, *text_left[: self.most]]))
        if later is None:
            rendered = await self.engines.render(sent, glossary, turn)
        else:
            rendered = {sentence: Rendered(None, waiting=True) for sentence in sent}
        for sentence in text_left[self.most :]:
            rendered.setdefault(sentence, Rendered(None))
        why = later or await self._why_waiting(rendered)
        made_title = self._field(title, rendered, why)
        made_text = self._field(text, rendered, why)
        if len(text_left) > self.most and made_text.state != "pending":
            made_text = made_text.model_copy(
                update={"state": "flagged", "flags": (_TOO_MANY, *made_text.flags)}
            )
        summary = await self._summary(notice, glossary, made_title, made_text, text, rendered, turn)
        return Translation(title=made_title, text=made_text, summary=summary)

    async def _why_waiting(self, rendered: Mapping[str, Rendered]) -> str | None:
        if not any(one.waiting for one in rendered.values()):
            return None
        if not self.engines.engines:
            return "no engine is set"
        said = [(engine.name, await engine.health()) for engine in self.engines.engines]
        return "; ".join(f"{name}: {why or 'went away while it was asked'}" for name, why in said)

    def _field(
        self, drafted: Draft, rendered: Mapping[str, Rendered], why: str | None
    ) -> TranslatedField:
        left = drafted.left()
        ours = {sentence: rendered[sentence] for sentence in left}
        flags = tuple(
            TranslationFlag(
                check=one.flag.check, detail=one.flag.detail, line=one.line, source=one.source
            )
            for one in placed(drafted, ours)
        )[:_MOST_FLAGS]
        text = assemble(drafted, ours, self.glossary)
        used = list(dict.fromkeys((o.engine, o.version) for o in ours.values() if o.engine))
        return TranslatedField(
            text=text or None,
            state=_state(ours),
            reason=why if any(one.waiting for one in ours.values()) else None,
            engine="+".join(name for name, _ in used) or "rules",
            engine_version="+".join(version for _, version in used) or str(RULES_VERSION),
            glossary_version=self.glossary.version,
            rules_version=RULES_VERSION,
            translated_at=self.clock(),
            sentences=len(left),
            untranslated=sum(one.english is None for one in ours.values()),
            flags=flags,
        )

    async def _summary(
        self,
        notice: Notice,
        glossary: Glossary,
        title: TranslatedField,
        text: TranslatedField,
        drafted: Draft,
        rendered: Mapping[str, Rendered],
        turn: Callable[[], Awaitable[None]],
    ) -> TranslatedField:
        title_en = title.text if title.state == "done" else None
        said = summarise(notice, title_en, _whole_lines(drafted, rendered), glossary)
        # Off the loop, as the text is: its source may have megabytes too.
        flags = await asyncio.to_thread(faithful, notice, said, glossary)
        engine, version = "template", str(RULES_VERSION)
        if text.state in ("done", "flagged") and not text.untranslated:
            better = await self._summed_up(notice, glossary, text, turn)
            if better:
                said, engine, version, flags = better[0], better[1].name, better[1].version, []
        # Without its title a summary says that there is something, not what.
        waits = title.state == "pending"
        return TranslatedField(
            text=said,
            state="pending" if waits else "flagged" if flags else "done",
            reason=title.reason if waits else None,
            engine=engine,
            engine_version=version,
            glossary_version=glossary.version,
            rules_version=RULES_VERSION,
            translated_at=self.clock(),
            flags=tuple(TranslationFlag(check=f.check, detail=f.detail) for f in flags),
        )

    async def _summed_up(
        self,
        notice: Notice,
        glossary: Glossary,
        text: TranslatedField,
        turn: Callable[[], Awaitable[None]],
    ) -> tuple[str, Engine] | None:
        """An engine's summary, when there is one that says only what the notice says."""
        for engine in self.engines.engines:
            if not isinstance(engine, Summariser):
                continue
            await turn()
            try:
                answer = await engine.summarise((text.text or "")[:_SUMMED_UP])
            except EngineDown as down:
                self.engines.down(down)
                continue
            said = " ".join(answer.text.split())
            if not said.isprintable():
                # What neither JSON nor Postgres takes is among these.
                log.info("summary refused", engine=engine.name, why="strange characters")
                continue
            wrong = [*wellformed(said), *faithful(notice, said, glossary)]
            if not answer.fault and not wrong:
                return said, engine
            log.info("summary refused", engine=engine.name, why=answer.fault or str(wrong[:3]))
        return None


def _state(rendered: Mapping[str, Rendered]) -> TranslationState:
    some = rendered.values()
    if any(one.waiting for one in some):
        return "pending"
    if some and all(one.english is None for one in some) and len(some) > 1:
        return "failed"
    return "flagged" if any(one.flags or one.english is None for one in some) else "done"


def _whole_lines(drafted: Draft, rendered: Mapping[str, Rendered]) -> Sequence[str]:
    """First sentences of the body's paragraphs whose sentences all passed, in order."""
    lines = []
    for row in drafted.lines:
        for cell in row:
            parts = [rendered[sentence] for sentence in cell.left()]
            passed = parts and all(part.english and not part.flags for part in parts)
            if passed and cell.line.rest.endswith("。") and not cell.line.before:
                first = cell.sentences[0]
                lines.append(first.english or rendered[first.chinese].english or "")
    return lines
