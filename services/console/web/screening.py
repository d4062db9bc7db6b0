"""A file of names against the lists."""

import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path

import asyncpg

from services.console.bodies import Upload
from services.console.problems import Problem
from shared.questions import Answer, Question, answer, refusal
from shared.questions.screening import screened_rows
from shared.tables.names import ENDINGS, NoNames, read_names

# A file of so many names is read, and they are screened while somebody waits; more by `mofcom screen`.
MOST_BYTES = 1_000_000
MOST_NAMES = 500


async def names_of(upload: Upload) -> list[str]:
    """The names of a file, or of the field `names`, a line each; without those that come again.

    Raises Problem for a file that has none, and for too many.
    """
    if upload.file_name is not None:
        column = upload.fields.get("column") or None
        try:
            names = await asyncio.to_thread(_read, upload.file_name, upload.content, column)
        except NoNames as wrong:
            raise Problem(400, "No names", str(wrong)) from wrong
    else:
        names = [line.strip() for line in upload.fields.get("names", "").splitlines()]
    names = list(dict.fromkeys(name for name in names if name))
    if not names:
        raise Problem(400, "No names", "choose a file with a name a line, CSV or Excel")
    if len(names) > MOST_NAMES:
        raise Problem(
            413,
            "Too many names",
            f"the file has {len(names)} names, and {MOST_NAMES} are screened at once: use `mofcom screen`",
        )
    return names


def _read(file_name: str, content: bytes, column: str | None) -> list[str]:
    ending = Path(file_name).suffix.lower()
    if ending not in ENDINGS:
        raise NoNames(f"{file_name}: names are read from {', '.join(ENDINGS)}")
    with tempfile.TemporaryDirectory() as folder:
        # By a name of ours: theirs may be anything.
        file = Path(folder, f"names{ending}")
        file.write_bytes(content)
        return read_names(file, column)


async def screen_all(
    connection: asyncpg.Connection, question: Question, names: Sequence[str], at: str | None
) -> Answer:
    """A table of `shared.questions.screening` for all names. Raises asyncpg's errors."""
    rows: list[dict[str, object]] = []
    not_held: dict[str, None] = {}
    when = {"at": at} if at else {}
    last: Answer | None = None
    for name in names:
        try:
            # What is refused of one name leaves the others.
            async with connection.transaction():
                last = await answer(connection, question, {"name": name, **when})
        except asyncpg.PostgresError as error:
            if (words := refusal(error)) is None:
                raise
            not_held[f"{name} was not screened: {words}"] = None
            continue
        rows += [dict(row) for row in screened_rows(name, last)]
        not_held |= dict.fromkeys(last.not_held)
    return Answer(
        question="screen",
        asked={"names": str(len(names)), **when},
        rows=rows,
        as_of=last.as_of if last else None,
        index_asked_at=last.index_asked_at if last else None,
        not_held=list(not_held),
    )
