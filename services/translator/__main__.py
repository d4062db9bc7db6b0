"""Runs the translator: ``python -m services.translator``."""

from services.translator.service import NAME, Translator
from services.translator.settings import TranslatorSettings
from shared.service.run import run
from shared.settings import load

if __name__ == "__main__":
    settings = load(TranslatorSettings)
    run(NAME, settings, lambda health: Translator(settings, health))
