"""The fetcher against an archive with scripted faults."""
