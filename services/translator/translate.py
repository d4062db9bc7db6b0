"""Translates one notice: rules, engines, checks, summary; each field with its provenance."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import structlog

from services.translator.checks.flag import Flag
from services.translator.draft import Draft, Rendered, draft, draft_title
from services.translator.engine_chain import BeforeCall, EngineChain
from services.translator.engines.engine import Engine, EngineDown, Summariser
from services.translator.glossary import Glossary
from services.translator.rules.fields import field_spans, own_names
from services.translator.sentence import Sentence
from services.translator.summary.faithful import unfaithful, wellformed
from services.translator.summary.template import summarise
from services.translator.terms import terms
from services.translator.version import RULES_VERSION
from shared.notice import Notice
from shared.translation import TranslatedField, Translation, TranslationFlag, TranslationState

log = structlog.get_logger()

# More would make an event of flags; a text with as many has one thing wrong with all of it.
_MOST_FLAGS = 200
# What an engine is given to sum up: a document says at its beginning what it is about.
_SUMMED_UP = 6_000
_TOO_MANY = TranslationFlag(check="too many sentences")


@dataclass(frozen=True)
class Translate:
    """Translates notices. `most` is how many sentences of a text are sent to engines at most."""

    chain: EngineChain
    glossary: Glossary
    most: int
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    async def __call__(
        self, notice: Notice, on: date | None, before_call: BeforeCall, later: str | None = None
    ) -> Translation:
        """The English of a notice; `on` is its date, by which names are chosen.

        With `later`, the reason, no engine is asked: what rules leave is pending.

        Never raises for a sentence: what cannot be rendered is said in the field's state. Raises
        DependencyDown when the cache's store does not answer.
        """
        glossary = self.glossary.on(on).with_own(own_names(notice))
        title = draft_title(notice.title or "", glossary, field_spans(notice, "title"))
        # Off the loop: a text of megabytes takes seconds.
        text = await asyncio.to_thread(
            draft, notice.body_text, glossary, field_spans(notice, "body_text")
        )
        sent, rest = text.left()[: self.most], text.left()[self.most :]
        sent = list(dict.fromkeys([*title.left(), *sent]))
        if later is None:
            rendered = await self.chain.render(sent, before_call)
        else:
            rendered = dict.fromkeys(sent, Rendered(None, waiting=True))
        rendered = dict.fromkeys(rest, Rendered(None)) | rendered
        why = later or await self._why_waiting(rendered)
        title_field = self._field(title, rendered, why, whole=True)
        text_field = self._field(text, rendered, why)
        if rest and text_field.state != "pending":
            text_field = text_field.model_copy(
                update={"state": "flagged", "flags": (_TOO_MANY, *text_field.flags)}
            )
        return Translation(
            title=title_field,
            text=text_field,
            summary=await self._summary(
                notice, title_field, text_field, _whole_lines(text, rendered), glossary, before_call
            ),
            terms=await asyncio.to_thread(terms, notice.title or "", notice.body_text, glossary),
        )

    async def _why_waiting(self, rendered: Mapping[Sentence, Rendered]) -> str | None:
        if not any(result.waiting for result in rendered.values()):
            return None
        if not self.chain.engines:
            return "no engine is set"
        states = [(engine.name, await engine.health()) for engine in self.chain.engines]
        return "; ".join(f"{name}: {why or 'went away while it was asked'}" for name, why in states)

    def _field(
        self,
        drafted: Draft,
        rendered: Mapping[Sentence, Rendered],
        why: str | None,
        *,
        whole: bool = False,
    ) -> TranslatedField:
        """The field of a draft; one that must be `whole` has no text while any of it is Chinese."""
        left = drafted.left()
        results = [rendered[sentence] for sentence in left]
        used = list(dict.fromkeys((r.engine, r.version) for r in results if r.engine))
        flags = tuple(
            TranslationFlag(
                check=flag.check, detail=flag.detail, line=line, source=sentence.chinese
            )
            for line, sentence, flag in drafted.flags(rendered)
        )
        untranslated = sum(result.english is None for result in results)
        return TranslatedField(
            text=None if whole and untranslated else drafted.assembled(rendered) or None,
            state=_state(results),
            reason=why if any(result.waiting for result in results) else None,
            engine="+".join(name for name, _ in used) or "rules",
            engine_version="+".join(version for _, version in used) or str(RULES_VERSION),
            glossary_version=self.glossary.version,
            rules_version=RULES_VERSION,
            translated_at=self.clock(),
            sentences=len(left),
            untranslated=untranslated,
            flags=flags[:_MOST_FLAGS],
        )

    async def _summary(
        self,
        notice: Notice,
        title: TranslatedField,
        text: TranslatedField,
        lines: Sequence[str],
        glossary: Glossary,
        before_call: BeforeCall,
    ) -> TranslatedField:
        """By an engine when one sums up the whole text faithfully, else by template.

        `lines` are first sentences of paragraphs that the template may quote.
        """
        engine, version, flags = "template", str(RULES_VERSION), list[Flag]()
        by_engine = None
        if text.state in ("done", "flagged") and not text.untranslated:
            by_engine = await self._by_engine(notice, text.text or "", glossary, before_call)
        if by_engine:
            summary, engine, version = by_engine[0], by_engine[1].name, by_engine[1].version
        else:
            title_en = title.text if title.state == "done" else None
            summary = summarise(notice, title_en, lines, glossary)
            # Off the loop, as the text is: its source may have megabytes too.
            flags = await asyncio.to_thread(unfaithful, notice, summary, glossary)
        # Without its title a summary says that there is something, not what.
        waits = title.state == "pending"
        return TranslatedField(
            text=summary,
            state="pending" if waits else "flagged" if flags else "done",
            reason=title.reason if waits else None,
            engine=engine,
            engine_version=version,
            glossary_version=glossary.version,
            rules_version=RULES_VERSION,
            translated_at=self.clock(),
            flags=tuple(TranslationFlag(check=f.check, detail=f.detail) for f in flags),
        )

    async def _by_engine(
        self, notice: Notice, english: str, glossary: Glossary, before_call: BeforeCall
    ) -> tuple[str, Engine] | None:
        """An engine's summary, when there is one that says only what the notice says."""
        for engine in self.chain.engines:
            if not isinstance(engine, Summariser):
                continue
            await before_call()
            try:
                answer = await engine.summarise(english[:_SUMMED_UP])
            except EngineDown as down:
                self.chain.report_down(down)
                continue
            summary = " ".join(answer.text.split())
            if not summary.isprintable():
                # What neither JSON nor Postgres takes is among these.
                log.info("summary refused", engine=engine.name, why="strange characters")
                continue
            wrong = [*wellformed(summary), *unfaithful(notice, summary, glossary)]
            if not answer.fault and not wrong:
                return summary, engine
            log.info("summary refused", engine=engine.name, why=answer.fault or str(wrong[:3]))
        return None


def _state(results: Sequence[Rendered]) -> TranslationState:
    if any(result.waiting for result in results):
        return "pending"
    if len(results) > 1 and all(result.english is None for result in results):
        return "failed"
    flagged = any(result.flags or result.english is None for result in results)
    return "flagged" if flagged else "done"


def _whole_lines(drafted: Draft, rendered: Mapping[Sentence, Rendered]) -> Sequence[str]:
    """First sentences of the body's paragraphs whose sentences all passed, in order."""
    lines = []
    for line in drafted.lines:
        for cell in line:
            results = [rendered[sentence] for sentence in cell.left()]
            passed = results and all(result.english and not result.flags for result in results)
            if passed and cell.frame.rest.endswith("。") and not cell.frame.before:
                sentence, by_rule = cell.parts[0]
                lines.append(by_rule or rendered[sentence].english or "")
    return lines
