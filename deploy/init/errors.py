"""Errors of applying deploy/postgres to a database."""


class SchemaError(Exception):
    """Waiting does not help; the message says what is wrong and what to do."""


class BadFiles(SchemaError):
    """The files do not have a valid order."""


class NewerDatabase(SchemaError):
    """The database has run a tables file that this version does not have."""


class OlderDatabase(SchemaError):
    """A database created by alembic that lacks some of its migrations."""


class CannotRun(SchemaError):
    """A file cannot run on the database as it is."""


class EndsTransaction(SchemaError):
    """A file contains COMMIT or ROLLBACK, so it might be applied in part."""


class InUse(Exception):
    """A table, a view or the init job's lock is in use; the call may be repeated."""
