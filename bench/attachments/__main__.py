"""Prints rows and cells exact by kind: ``python -m bench.attachments``, from the root of the repository.

The files are those of the tests, with the rows that their author wrote. Beside our readers stand those of pdfplumber and
markitdown, if they are installed (neither is needed by anything else): ``pip install pdfplumber 'markitdown[all]'``.
"""

import json
import resource
import sys
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path
from time import process_time
from typing import NamedTuple

from bench.attachments.readers import MISSING, Rows, readers
from testing.attachments import FILES


class Score(NamedTuple):
    """What a reader found of the tables of one file, and the seconds of CPU that it took."""

    rows: int
    exact_rows: int
    cells: int
    exact_cells: int
    seconds: float


def main() -> int:
    """Measure, print; 1 when a row of ours is wrong."""
    files = [(file, _expected(file)) for file in FILES]
    files = [(file, rows) for file, rows in files if rows]
    wrong = 0
    for name, (kinds, read) in readers().items():
        found: dict[str, list[Score]] = defaultdict(list)
        for file, rows in files:
            if kinds is None or file.suffix[1:] in kinds:
                found[file.suffix[1:]].append(_score(file, rows, read))
        print(f"{name:12}{'files':>6}{'rows exact':>14}{'cells exact':>16}{'CPU s':>8}")
        for kind, scores in sorted(found.items()):
            print(_line(kind, scores))
            wrong += name == "ours" and any(one.exact_rows < one.rows for one in scores)
        print()
    if MISSING:
        print(f"not installed: {', '.join(MISSING)}")
    print(f"memory at most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
    return 1 if wrong else 0


def _expected(file: Path) -> Rows:
    golden = json.loads(Path(f"{file}.json").read_text("utf-8"))
    return [row.split("\t") for table in golden["tables"] for row in table]


def _score(file: Path, rows: Rows, read: Callable[[Path], Rows]) -> Score:
    began = process_time()
    try:
        found = read(file)
    except Exception as error:  # noqa: BLE001 (any failure of a reader counts as nothing read)
        print(f"  {file.name}: {type(error).__name__}", file=sys.stderr)
        found = []
    seconds = process_time() - began
    left: dict[tuple[str, ...], int] = defaultdict(int)
    cells: dict[str, int] = defaultdict(int)
    for row in found:
        left[tuple(map(_folded, row))] += 1
        for cell in row:
            cells[_folded(cell)] += 1
    return Score(
        len(rows),
        sum(_take(left, tuple(map(_folded, row))) for row in rows),
        sum(map(len, rows)),
        sum(_take(cells, _folded(cell)) for row in rows for cell in row),
        seconds,
    )


def _take(left: dict[tuple[str, ...], int] | dict[str, int], key: object) -> bool:
    there: bool = left[key] > 0  # type: ignore[index]
    if there:
        left[key] -= 1  # type: ignore[index]
    return there


def _folded(text: str | None) -> str:
    """A cell without white space: readers differ in how they join its lines."""
    return "".join((text or "").split())


def _line(kind: str, scores: list[Score]) -> str:
    sums: Mapping[str, float] = {
        name: sum(getattr(one, name) for one in scores) for name in Score._fields
    }
    rows = f"{sums['exact_rows']} of {sums['rows']}"
    cells = f"{sums['exact_cells']} of {sums['cells']}"
    return f"{kind:12}{len(scores):6}{rows:>14}{cells:>16}{sums['seconds']:8.2f}"


if __name__ == "__main__":
    sys.exit(main())
