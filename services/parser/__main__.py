"""Runs the parser: ``python -m services.parser``."""

if __name__ == "__main__":
    # Not at the top: each of its workers reads this file, and needs nothing of the service.
    from services.parser.service import NAME, Parser
    from services.parser.settings import ParserSettings
    from shared.service.run import run
    from shared.settings import load

    settings = load(ParserSettings)
    run(NAME, settings, lambda health: Parser(settings, health))
