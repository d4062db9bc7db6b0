"""The parser's version: increase it when readings change, so that `mofcom reparse` parses again what an
earlier version has read.
"""

PARSER_VERSION = 5
