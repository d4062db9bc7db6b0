"""`mofcom retranslate`: translates notices again, in the background, after all live work."""
