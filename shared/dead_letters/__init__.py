"""Messages that could not be processed, and what is done about them."""
