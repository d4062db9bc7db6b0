"""The client of the Wayback Machine: its index, its replay, and what its answers mean."""
