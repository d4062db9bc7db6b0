"""What an error means for who asked."""

import asyncpg
import pytest

from services.console.problems import problem_of
from shared.questions import UnknownQuestion


class Unwritable(asyncpg.InterfaceError, ValueError):  # type: ignore[misc]
    """As asyncpg raises it of half a surrogate pair, which JSON can write."""


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (UnknownQuestion("search has no parameter x"), 400),
        (asyncpg.InvalidTextRepresentationError("invalid input syntax"), 400),
        (Unwritable("invalid input for query argument $1"), 400),
        (asyncpg.NoDataFoundError("no notice"), 404),
        (asyncpg.QueryCanceledError("timeout"), 504),
        (asyncpg.TooManyConnectionsError("too many"), 503),
        (asyncpg.InterfaceError("pool is closing"), 503),
        (ConnectionRefusedError(), 503),
        (TimeoutError(), 503),
    ],
)
def test_what_is_the_askers_fault_and_what_passes(error: Exception, status: int) -> None:
    problem = problem_of(error)
    assert problem is not None
    assert problem.status == status
    assert (problem.retry_after is not None) is (status == 503)


def test_a_fault_of_our_own_is_no_problem_of_who_asks() -> None:
    assert problem_of(KeyError("x")) is None
