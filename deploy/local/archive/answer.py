"""The bundled archive's response to a request, before it becomes HTTP."""

from dataclasses import dataclass

TEXT = "text/plain"
HTML = "text/html; charset=utf-8"
JSON = "application/json"


@dataclass(frozen=True)
class Answer:
    """Status, headers and whole body of one answer.

    Header names are lower case, as the archive has sent them since 2022; a name may come twice.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = b""

    def header(self, name: str) -> str | None:
        """Value of the first header of that name (lower case), None without one."""
        return next((value for key, value in self.headers if key == name), None)


def answer(status: int, content_type: str, text: str) -> Answer:
    """A response of the archive itself, not of a captured site."""
    return Answer(status, (("content-type", content_type),), text.encode())
