"""Twice the size takes at most 2.3 times the work, for every reader and every trap: no page may hold up a worker."""
