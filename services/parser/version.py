"""The parser's version; increase it to have everything parsed again."""

PARSER_VERSION = 4
