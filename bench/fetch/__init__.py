"""Speed and memory of the fetcher: ``python -m bench.fetch``."""
