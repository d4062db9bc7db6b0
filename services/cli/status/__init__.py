"""`mofcom status`: what has been done, what waits, and what is wrong."""
