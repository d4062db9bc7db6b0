"""The fetcher's state in its own Postgres schema, kept across restarts: one module per table."""
