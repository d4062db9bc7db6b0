"""The bundled archive: a small server that replays WARC files as web.archive.org does."""
