"""`mofcom reparse`: parses stored pages again with the current parser, in place."""
