"""A notice in English as the translator makes it: what is published and stored."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from shared.value import Value

TranslationState = Literal["pending", "done", "flagged", "failed"]


class TranslationFlag(Value):
    """What a check found in one sentence; `check` is a short constant name."""

    check: str
    detail: str = ""
    line: int = Field(0, description="Line of the field's English, from 0.")
    source: str = Field("", description="The Chinese sentence.")


class TranslatedField(Value):
    """One field in English, with what made it.

    `text` is None when the notice has nothing to translate there, or nothing could be rendered;
    Chinese that no engine rendered stands in it between ⟦ ⟧. States: pending (sentences wait for
    an engine, `reason` says why), done (all checks passed), flagged (`flags` say which failed),
    failed (no sentence could be rendered though engines answered).
    """

    text: str | None = None
    state: TranslationState
    reason: str | None = None
    engine: str = Field(description="rules, template, firefox, openai, or several joined by +.")
    engine_version: str
    glossary_version: str
    rules_version: int
    translated_at: datetime
    sentences: int = Field(0, description="Sentences that rules left for an engine.")
    untranslated: int = Field(0, description="Those of them that stand in Chinese.")
    flags: tuple[TranslationFlag, ...] = ()


class TranslationSource(Value):
    """What was translated: the name of the parsed notice's JSON, and the day of its names."""

    sha256: str
    size: int
    on: date | None = None


class Translation(Value):
    """Title, text and summary of one notice; `source` is what it was made of.

    `terms` are English names of what title and text speak of, goods, measures, places: a search in
    English finds by them what still waits in Chinese.
    """

    title: TranslatedField
    text: TranslatedField
    summary: TranslatedField
    terms: tuple[str, ...] = ()
    source: TranslationSource | None = None

    @property
    def state(self) -> TranslationState:
        """The worst of the three: failed, pending, flagged, done."""
        states = {field.state for field in (self.title, self.text, self.summary)}
        order: tuple[TranslationState, ...] = ("failed", "pending", "flagged")
        return next((state for state in order if state in states), "done")
