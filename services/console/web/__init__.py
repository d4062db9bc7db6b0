"""The console's pages: HTML made by the server, readable without scripts."""
