"""`mofcom eval titles`: how many titles the rules translate entirely, and which they do not."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from services.cli.fail import fail


def titles(
    file: Annotated[
        Path, typer.Argument(help="A title on each line [TAB date].", exists=True, dir_okay=False)
    ],
) -> None:
    """Print each title with its English by rules.

    A - stands for what they leave; the share of those that they render stands at the end. Whether the
    English is right, a reader says.
    """
    from services.translator.glossary import glossary
    from services.translator.rules.titles import title
    from services.translator.text.simplify import simplified

    whole = count = 0
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        printed, _, day = line.partition("\t")
        if not printed.strip():
            continue
        try:
            on = date.fromisoformat(day.strip()) if day.strip() else None
        except ValueError:
            fail(f"{file}: line {number}: {day!r} is not a day YYYY-MM-DD")
        frame = title(simplified(printed), glossary().on(on))
        english = frame.english if frame else None
        count += 1
        whole += english is not None
        typer.echo(f"{printed}\t{english or '-'}")
    if not count:
        fail(f"{file}: no title in it")
    typer.echo(f"{whole} of {count} whole ({100 * whole / count:.0f} %)")
