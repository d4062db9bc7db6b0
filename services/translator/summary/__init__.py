"""Summaries by template from parsed fields, and the check that a summary adds nothing."""
