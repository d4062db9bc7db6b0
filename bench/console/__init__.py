"""How fast the console answers, with many readers at once."""
