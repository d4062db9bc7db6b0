"""Text before it is translated: script, numerals, lines and sentences, masks."""
