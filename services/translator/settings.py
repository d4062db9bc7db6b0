"""Settings of the translator."""

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, FilePath, ValidationInfo, field_validator

from shared.settings import HttpUrl, Settings, constant, tuning

_MOZILLA = "https://firefox-settings-attachments.cdn.mozilla.net/main-workspace/translations-models"
_ENGINES = ("firefox", "openai")
# Attempts at one sentence; the longest pause between two, and the longest wait for each, in seconds.
_ATTEMPTS, _LONGEST_PAUSE, _TIMEOUT = 3, 60.0, 120.0


def _address_or_none(url: str) -> str:
    if url == "none":
        return ""
    if not url.startswith(("http://", "https://")):
        raise ValueError("must be an http:// or https:// address, or none")
    return url.rstrip("/")


class TranslatorSettings(Settings):
    firefox_model_dir: Path = Field(
        Path("/var/lib/mofcom/models"), description="Where Firefox's model is stored (70 MB)."
    )
    firefox_model_mirror: Annotated[str, AfterValidator(_address_or_none)] = Field(
        _MOZILLA,
        description="Where it is downloaded from, once; `none`: never. Host the three files yourself "
        "when many machines need them.",
    )
    openai_base_url: HttpUrl | None = Field(
        None, description="An OpenAI-compatible endpoint, e.g. `http://127.0.0.1:11434/v1`."
    )
    openai_model: str = Field("", description="The model to use there.")
    openai_api_key_file: FilePath | None = Field(
        None, description="File that holds the API key, where it needs one."
    )
    openai_at_once: int = tuning(1, "Concurrent requests to it.", ge=1)
    # Behind those of openai, which its validator looks at.
    translate_engines: str = Field(
        "",
        validate_default=True,
        description="Translation engines in order of preference, of `firefox` and `openai`, separated "
        "by commas; `none` for rules alone. By default `openai` when its URL is set, then "
        "`firefox` unless its model is neither stored nor to be downloaded.",
    )

    # Waiting for an answer is not a stall: longer than all attempts at one sentence, and the last look at the
    # engine's health, which is a request too.
    stall_seconds: float = tuning(
        900.0, "As of all services.", gt=(_ATTEMPTS + 1) * _TIMEOUT + _ATTEMPTS * _LONGEST_PAUSE
    )
    # How often a failed request is sent in all, and the pauses between, doubled from the first to
    # the longest: a server that restarts is back after them.
    engine_attempts: int = constant(_ATTEMPTS, ge=1)
    engine_pause_seconds: float = constant(1.0, gt=0)
    engine_pause_max_seconds: float = constant(_LONGEST_PAUSE, gt=0)
    # For one sentence, of a model on a slow processor, too.
    translate_timeout_seconds: float = constant(_TIMEOUT, gt=0)
    # Between two looks of waiting work whether an engine is there.
    engine_look_seconds: float = constant(5.0, gt=0)
    # Notices that are read before they are acknowledged: each is seconds of an engine's work.
    translate_batch: int = constant(4, ge=1)
    # Wait for a batch to fill.
    translate_batch_seconds: float = constant(0.05, gt=0, le=1)
    # Sentences of one text that engines are asked for; a text of more is a list or a table.
    translate_sentences_max: int = constant(2000, ge=1)
    # Pause before the model is looked for and downloaded again: 70 MB are not downloaded in a loop.
    model_retry_seconds: float = constant(300.0, gt=0)
    # A silence of the mirror for this long ends the attempt.
    model_timeout_seconds: float = constant(60.0, gt=0)

    @field_validator("translate_engines")
    @classmethod
    def _known(cls, engines: str, info: ValidationInfo) -> str:
        names = _names(engines)
        unknown = sorted(set(names) - set(_ENGINES))
        if unknown:
            raise ValueError(f"may name {', '.join(_ENGINES)}, or be none")
        url = info.data.get("openai_base_url")
        if ("openai" in names or url) and not (url and info.data.get("openai_model")):
            raise ValueError("openai needs MOFCOM_OPENAI_BASE_URL and MOFCOM_OPENAI_MODEL")
        return engines

    def engine_names(self) -> tuple[str, ...]:
        """The engines to use, in their order."""
        if self.translate_engines.strip():
            return _names(self.translate_engines)
        # A model that is not here and never to be downloaded is no engine that anybody waits for.
        there = self.firefox_model_mirror or any(self.firefox_model_dir.glob("*"))
        return (*(("openai",) if self.openai_base_url else ()), *(("firefox",) if there else ()))

    def openai_key(self) -> str | None:
        """The key, None where no file is named. Raises OSError."""
        file = self.openai_api_key_file
        return file.read_text().strip() if file else None


def _names(engines: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in engines.split(",") if name.strip())
    return () if names == ("none",) else names
