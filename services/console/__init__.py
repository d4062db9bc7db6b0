"""The console: what the database knows, over HTTP, for browsers, programs and language models. It only reads."""
