"""Web archives, by the address behind which ``TIMESTAMP/URL`` shows a capture to people."""

WAYBACK_MACHINE = "https://web.archive.org/web/"
