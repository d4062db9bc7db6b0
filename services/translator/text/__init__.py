"""Text before it is translated: script, lines and sentences, masks."""
