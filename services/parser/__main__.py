"""Runs the parser: ``python -m services.parser``."""

from services.parser.service import NAME, Parser
from services.parser.settings import ParserSettings
from shared.service.run import run
from shared.settings import load

if __name__ == "__main__":
    settings = load(ParserSettings)
    run(NAME, settings, lambda health: Parser(settings, health))
