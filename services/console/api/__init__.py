"""The HTTP API: the questions of deploy/postgres/questions under /api/v1."""
