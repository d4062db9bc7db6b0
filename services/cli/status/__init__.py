"""`mofcom status`: completed work, waiting work, and problems."""
