-- Of what JSON holds the planner thinks a hundred times too much: where PostgreSQL has a compiler, each
-- batch was compiled for longer than it ran.

ALTER FUNCTION ingest.refresh(text[]) SET jit = off;
ALTER FUNCTION ingest.refresh_parts(text[]) SET jit = off;
