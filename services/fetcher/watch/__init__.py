"""Discovery: what the archive has of the pages on the watch list, without anyone asking."""
