"""Programs that run only in containers."""
