"""Which parser read a page; a higher number reads everything again."""

PARSER_VERSION = 4
