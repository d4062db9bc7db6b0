"""Fetches captures from the archive: reads what was asked, publishes what came."""
