"""`mofcom reparse`: parses stored pages and attachments again with the current parser, in place."""
