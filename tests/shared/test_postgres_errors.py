"""Each error that PostgreSQL knows has one meaning."""

import asyncpg
import pytest

from shared.postgres_errors import is_rows_fault

KNOWN: dict[str, type[asyncpg.PostgresError]] = {
    sqlstate: error
    for error in vars(asyncpg.exceptions).values()
    if isinstance(error, type)
    and issubclass(error, asyncpg.PostgresError)
    and (sqlstate := getattr(error, "sqlstate", None))
}
WAITED_FOR = [
    asyncpg.DeadlockDetectedError,
    asyncpg.SerializationError,
    asyncpg.ReadOnlySQLTransactionError,
    asyncpg.DiskFullError,
    asyncpg.OutOfMemoryError,
    asyncpg.TooManyConnectionsError,
    asyncpg.ConnectionDoesNotExistError,
    asyncpg.AdminShutdownError,
    asyncpg.CannotConnectNowError,
    asyncpg.QueryCanceledError,
    asyncpg.LockNotAvailableError,
    asyncpg.InsufficientPrivilegeError,
    asyncpg.InvalidPasswordError,
    asyncpg.InvalidCatalogNameError,
    asyncpg.UndefinedTableError,
    asyncpg.UndefinedColumnError,
    asyncpg.IdleInTransactionSessionTimeoutError,
    asyncpg.PostgresIOError,
    asyncpg.InternalServerError,
    asyncpg.IndexCorruptedError,
]
OF_THE_ROW = [
    asyncpg.CardinalityViolationError,
    asyncpg.CharacterNotInRepertoireError,
    asyncpg.NumericValueOutOfRangeError,
    asyncpg.UntranslatableCharacterError,
    asyncpg.NotNullViolationError,
    asyncpg.ForeignKeyViolationError,
    asyncpg.UniqueViolationError,
    asyncpg.CheckViolationError,
    asyncpg.ProgramLimitExceededError,
    asyncpg.RaiseError,
]


@pytest.mark.parametrize("error", WAITED_FOR)
def test_what_would_hit_every_row_or_passes_is_waited_for(
    error: type[asyncpg.PostgresError],
) -> None:
    assert not is_rows_fault(error("said"))


@pytest.mark.parametrize("error", OF_THE_ROW)
def test_what_comes_of_the_row_is_refused(error: type[asyncpg.PostgresError]) -> None:
    assert is_rows_fault(error("said"))


def test_all_codes_of_a_class_mean_the_same() -> None:
    meanings: dict[str, set[bool]] = {}
    for sqlstate, error in KNOWN.items():
        meanings.setdefault(sqlstate[:2], set()).add(is_rows_fault(error("said")))
    assert len(KNOWN) > 200
    assert all(len(seen) == 1 for seen in meanings.values())
    assert {code for code, seen in meanings.items() if seen == {True}} == {
        *("21", "22", "23", "2F", "38", "39", "44", "54", "P0"),
    }


def test_an_error_of_the_connection_is_waited_for() -> None:
    assert not is_rows_fault(OSError("refused"))
    assert not is_rows_fault(asyncpg.InterfaceError("closed"))
