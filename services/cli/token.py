"""`mofcom token`: a token for the console."""

import hashlib
import secrets
from typing import Annotated

import typer


def token(
    name: Annotated[str, typer.Argument(help="Who will use it, e.g. 'Ann of sales'.")],
    operate: Annotated[
        bool, typer.Option("--operate", help="It may also replay dead letters.")
    ] = False,
) -> None:
    """Make a token with which somebody may ask the console.

    Prints the token, which is kept nowhere, and on the next line what goes into the file that
    MOFCOM_CONSOLE_TOKENS_FILE names.
    """
    made = secrets.token_urlsafe(24)
    typer.echo(made)
    digest, scope = hashlib.sha256(made.encode()).hexdigest(), "operate" if operate else "read"
    typer.echo(f"{digest} {scope} {' '.join(name.split())}")
