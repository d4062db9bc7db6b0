"""How fast the fetcher is, and how much it holds: ``python -m bench.fetch``."""
