"""The `mofcom` command without its script: ``python -m services.cli``."""

from services.cli.main import app

app(prog_name="mofcom")
