"""Fetches captures from the archive: consumes requests, publishes the archive's answers."""
