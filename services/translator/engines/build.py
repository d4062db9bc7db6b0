"""Builds the engines that the settings name."""

from collections.abc import Sequence

from services.translator.engines.engine import Engine
from services.translator.engines.firefox import Firefox
from services.translator.engines.model import ModelStore
from services.translator.engines.openai import OpenAI, Patience
from services.translator.http import Http
from services.translator.settings import TranslatorSettings


def build_engines(settings: TranslatorSettings) -> Sequence[Engine]:
    """The engines in order of preference. Raises OSError if a key's file is missing."""
    makers = {"firefox": _firefox, "openai": _openai}
    return [makers[name](settings) for name in settings.engine_names()]


def _firefox(settings: TranslatorSettings) -> Engine:
    store = ModelStore(
        settings.firefox_model_dir,
        settings.firefox_model_mirror,
        Http(settings.model_timeout_seconds),
    )
    return Firefox(store, settings.model_retry_seconds, settings.translate_timeout_seconds)


def _openai(settings: TranslatorSettings) -> Engine:
    patience = Patience(
        settings.engine_attempts, settings.engine_pause_seconds, settings.engine_pause_max_seconds
    )
    return OpenAI(
        settings.openai_base_url or "",
        settings.openai_model,
        settings.openai_key(),
        Http(settings.translate_timeout_seconds),
        patience,
        settings.openai_at_once,
    )
