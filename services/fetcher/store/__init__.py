"""What the fetcher remembers across restarts, in its own Postgres schema: a module for each part."""
