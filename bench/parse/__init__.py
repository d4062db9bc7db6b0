"""The parser against trafilatura, on the same pages in one run: ``python -m bench.parse``."""
