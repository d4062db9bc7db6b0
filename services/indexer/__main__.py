"""Runs the indexer: ``python -m services.indexer``."""

from services.indexer.service import NAME, Indexer
from services.indexer.settings import IndexerSettings
from shared.service.run import run
from shared.settings import load

if __name__ == "__main__":
    settings = load(IndexerSettings)
    run(NAME, settings, lambda health: Indexer(settings, health))
