"""The parser's tests: goldens in real markup, and the shared data where it lies."""
