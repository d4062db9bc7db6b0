"""Kills, freezes and disconnects everything while captures go through, then counts them."""
