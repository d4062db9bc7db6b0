"""Prints time and accuracy: ``python -m bench.parse``, from the root of the repository."""

import math
import sys
from collections.abc import Callable, Mapping, Sequence
from statistics import mean, median
from time import process_time
from typing import NamedTuple

from bench.parse.pages import Page, pages
from bench.parse.readers import MISSING, Reader, build_tree, readers
from bench.parse.score import Score, score

_ROUNDS = 5
_FLOOR = "selectolax tree"


class Times(NamedTuple):
    """Milliseconds of CPU time for each page: when it is new to the process, and the best of the
    rounds after that. trafilatura keeps what it has seen, so the first tells more of what a stream of
    pages costs; but one page pays for what is loaded on the way, so of the first there is no mean.
    """

    first: list[float]
    repeated: list[float]


def main() -> int:
    """Measure, print; 1 when there was nothing to compare with."""
    all_pages = list(pages())
    there = readers()
    times = _measured(all_pages, {**there, _FLOOR: build_tree})
    print(f"{len(all_pages)} pages; again: best of {_ROUNDS} rounds\n")
    print(f"{'CPU ms a page':20}{'first, median':>14}{'again, median':>16}{'mean':>8}{'most':>8}")
    for name, (first, repeated) in times.items():
        print(
            f"{name:20}{median(first):14.2f}{median(repeated):16.2f}{mean(repeated):8.2f}{max(repeated):8.2f}"
        )
    if "trafilatura" in there:
        print()
        for name in ("parser", "layout step"):
            ours, theirs = times[name], times["trafilatura"]
            print(
                f"{name} against trafilatura, times as fast: "
                f"{_ratio(theirs.first, ours.first):.1f} on the median page when it is new, "
                f"{_ratio(theirs.repeated, ours.repeated):.1f} when it comes again, "
                f"{mean(theirs.repeated) / mean(ours.repeated):.1f} over all pages again"
            )
    _print_scores(all_pages, there)
    if "trafilatura" not in there:
        print(f"\n{MISSING}", file=sys.stderr)
        return 1
    return 0


def _measured(
    all_pages: Sequence[Page], there: Mapping[str, Callable[[Page], object]]
) -> dict[str, Times]:
    # What a reader loads with its first page (stop lists, patterns) is no page's cost.
    for read in there.values():
        read(all_pages[0])
    times = {name: Times([], []) for name in there}
    for page in all_pages:
        # One after the other on each page, so that what else the machine does meets all of them.
        for name, read in there.items():
            times[name].first.append(_milliseconds(read, page))
    for page in all_pages:
        for name, read in there.items():
            times[name].repeated.append(min(_milliseconds(read, page) for _ in range(_ROUNDS)))
    return times


def _ratio(theirs: list[float], ours: list[float]) -> float:
    return median(their / our for their, our in zip(theirs, ours, strict=True))


def _milliseconds(read: Callable[[Page], object], page: Page) -> float:
    started = process_time()
    read(page)
    return (process_time() - started) * 1000


def _print_scores(all_pages: Sequence[Page], there: Mapping[str, Reader]) -> None:
    print(f"\n{'right, % of pages':40}" + "".join(f"{name:>14}" for name in Score._fields))
    known = [(page, page.truth) for page in all_pages if page.truth is not None]
    for source in dict.fromkeys(page.source for page, _ in known):
        part = [(page, truth) for page, truth in known if page.source == source]
        for name, read in there.items():
            shares = score((truth, read(page)) for page, truth in part)
            cells = "".join(
                "-".rjust(14) if math.isnan(one) else f"{100 * one:14.1f}" for one in shares
            )
            print(f"{f'{source} ({len(part)})':26}{name:14}{cells}")


if __name__ == "__main__":
    sys.exit(main())
