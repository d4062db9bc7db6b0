"""What an error of PostgreSQL means for those who write: wait and retry, or refuse the row.

Classes of https://www.postgresql.org/docs/current/errcodes-appendix.html.
"""

import asyncpg

# The first two characters of the SQLSTATE. Everything else would hit every row alike or may pass by
# itself (no connection, no schema, no permission, a read-only server, a disk that is full, a
# deadlock), so it is waited for.
_ROW_AT_FAULT = {
    "21",  # one statement would change a row twice
    "22",  # data: a value out of range, a zero byte, a text that is not UTF-8
    "23",  # a constraint
    "2F",  # raised by a routine in SQL
    "38",  # raised by an external routine
    "39",  # likewise
    "44",  # a view's check option
    "54",  # a limit of the program: an index row or a text that is too long
    "P0",  # raised by a function or trigger
}

# OSError includes TimeoutError.
DATABASE_ERRORS = (
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    OSError,
)


def is_rows_fault(error: BaseException) -> bool:
    """Whether what was to be written can never be written, by PostgreSQL's word or the client's."""
    if isinstance(error, asyncpg.InterfaceError):
        # A value that is not of its column's type, e.g. a number of 9 bytes, never leaves the client:
        # asyncpg's DataError, which has no public name beside PostgreSQL's error of the same.
        wrong_value = isinstance(error, ValueError)
        return wrong_value and not isinstance(error, asyncpg.ClientConfigurationError)
    return (
        isinstance(error, asyncpg.PostgresError)
        and error.sqlstate is not None
        and error.sqlstate[:2] in _ROW_AT_FAULT
    )
