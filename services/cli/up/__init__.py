"""`mofcom up`: everything on this machine, without Docker."""
