"""Runs the fetcher: ``python -m services.fetcher``."""

from services.fetcher.service import NAME, Fetcher
from services.fetcher.settings import FetcherSettings
from shared.service.run import run
from shared.settings import load

if __name__ == "__main__":
    settings = load(FetcherSettings)
    run(NAME, settings, lambda health: Fetcher(settings, health))
