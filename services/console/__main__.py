"""Runs the console: ``python -m services.console``."""

from services.console.run import run
from services.console.settings import ConsoleSettings
from shared.settings import load

if __name__ == "__main__":
    run(load(ConsoleSettings))
