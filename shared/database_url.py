"""A database's address, ``postgresql://USER:PASSWORD@HOST:PORT/DATABASE?OPTIONS``, in parts."""

import re
from pathlib import Path
from urllib.parse import quote

_HOST = re.compile(r"(\[[0-9A-Fa-f:.]*\]|[^\[\]:]*)(:\d*)?")


def checked(url: str) -> str:
    """`url`, which may name several hosts. Raises ValueError, with what to write, for what is no URI of libpq.

    https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS
    """
    scheme, found, rest = url.partition("://")
    hosts = rest.partition("?")[0].partition("/")[0].rpartition("@")[2]
    if (
        not found
        or scheme not in ("postgresql", "postgres")
        or not all(_HOST.fullmatch(host) for host in hosts.split(","))
    ):
        raise ValueError("write postgresql://USER@HOST:PORT/DATABASE")
    return url


def with_parts(
    url: str, *, user: str | None = None, password: str | None = None, database: str | None = None
) -> str:
    """`url` with the given parts replaced, escaped; the rest unchanged.

    >>> with_parts("postgresql://mofcom@db:5432/mofcom", user="indexer", password="a/b")
    'postgresql://indexer:a%2Fb@db:5432/mofcom'
    """
    scheme, _, rest = url.partition("://")
    rest, question_mark, options = rest.partition("?")
    authority, slash, path = rest.partition("/")
    login, at, host = authority.rpartition("@")
    own_user, colon, own_password = login.partition(":")
    if user is not None:
        own_user, at = quote(user, safe=""), "@"
    if password is not None:
        own_password, colon, at = quote(password, safe=""), ":", "@"
    if database is not None:
        path, slash = quote(database, safe=""), "/"
    login = f"{own_user}{colon}{own_password}{at}"
    return f"{scheme}://{login}{host}{slash}{path}{question_mark}{options}"


def same_server(one: str, other: str) -> bool:
    """Whether two addresses differ at most in who logs in.

    >>> same_server("postgresql://mofcom:a@db:5432/mofcom", "postgresql://db:5432/mofcom")
    True
    """
    return with_parts(one, user="", password="") == with_parts(other, user="", password="")


def with_password_file(url: str, file: Path | None, user: str | None = None) -> str:
    """`url` with the password that `file` holds, and with `user` where one is given.

    Without a file it stays as it is. Raises OSError when the file cannot be read.
    """
    return url if file is None else with_parts(url, user=user, password=file.read_text().strip())
