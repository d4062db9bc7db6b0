"""The error that is nobody's fault but a dependency's."""


class DependencyDown(Exception):
    """The archive, the broker, the database or the blob store does not answer.

    A message met by this is held, not judged: it is tried again until the dependency is back.
    """

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name}: {why}")
        self.name = name
        self.why = why
