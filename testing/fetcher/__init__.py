"""The fetcher before an archive with scripted faults."""
