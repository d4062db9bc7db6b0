"""Summaries: one by template from parsed fields, and whether any says only what its notice does."""
