"""The indexer as a program, and events for it."""
