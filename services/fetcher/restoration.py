"""How `mofcom rebuild` has the fetcher read its memory from the blob store: by a row in its schema."""

BEGIN = """
INSERT INTO fetcher.restoration AS old (begun_at, moved_at) VALUES (now(), now())
ON CONFLICT (one) DO UPDATE SET
    begun_at = now(), moved_at = now(), parts = 0, sidecars = 0, damaged = 0, ended_at = NULL
WHERE old.ended_at IS NOT NULL
"""
"""Begins one; one that is under way goes on."""
