"""Runs the notifier: ``python -m services.notifier``."""

from services.notifier.service import NAME, Notifier
from services.notifier.settings import NotifierSettings
from shared.service.run import run
from shared.settings import load

if __name__ == "__main__":
    settings = load(NotifierSettings)
    run(NAME, settings, lambda health: Notifier(settings, health))
