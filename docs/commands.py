"""The commands of the documentation."""

import re
from pathlib import Path

_ROOT = Path(__file__).parents[1]
PAGES = sorted([*_ROOT.glob("*.md"), *(_ROOT / "docs").glob("*.md")])
_MOFCOM = re.compile(r"(?:^|\s)(?:\.venv/bin/mofcom|mofcom|docker compose run --rm cli)\s+(.*)$")


def commands(page: str) -> list[str]:
    """What is given to the shell: lines of blocks that are indented or fenced, and code in the text."""
    text = re.sub(r"\\\n\s*", "", page)
    lines = re.findall(r"^ {4,}(\S.*)$", text, re.MULTILINE)
    code = re.findall(r"`([^`\n]+)`", text)
    without_comments = (line.partition("  #")[0].strip() for line in (*lines, *code))
    return [line for line in without_comments if line]


def mofcom_commands(page: str) -> list[str]:
    """The arguments of each call of `mofcom`, on this machine or in compose."""
    return [found[1] for line in commands(page) if (found := _MOFCOM.search(f" {line}"))]
