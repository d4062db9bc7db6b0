"""What keeps the schema from becoming what deploy/postgres says."""


class SchemaError(Exception):
    """No waiting helps; the message says what was wrong and what to do."""


class BadFiles(SchemaError):
    """The files do not make one order."""


class NewerDatabase(SchemaError):
    """A tables file ran on this database that the code does not have."""


class OlderDatabase(SchemaError):
    """A database of the time of alembic on which not all migrations ran."""


class CannotRun(SchemaError):
    """A file cannot run on what stands in the database."""


class EndsTransaction(SchemaError):
    """A file holds COMMIT or ROLLBACK, so that half of it could stay."""


class InUse(Exception):
    """A table or view, or the lock of the init job, is in use; the call may be repeated."""
