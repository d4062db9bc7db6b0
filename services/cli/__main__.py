"""The `mofcom` command without its script: ``python -m services.cli``."""

from services.cli.main import app

if __name__ == "__main__":
    app(prog_name="mofcom")
