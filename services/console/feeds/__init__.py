"""Answers as feeds for readers: from rows to entries, from entries to Atom and JSON Feed."""
