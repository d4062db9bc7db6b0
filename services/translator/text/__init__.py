"""Text before it is translated: script, lines and sentences, addresses, masks, blanks."""
