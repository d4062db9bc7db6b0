"""`mofcom retranslate`: notices translated again, in the background, after everything live."""
