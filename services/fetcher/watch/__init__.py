"""Discovery: finds and requests the archive's captures of the pages on the watch list."""
