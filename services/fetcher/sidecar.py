"""The sidecar of a capture, from which its events can be rebuilt."""

from pydantic import BaseModel, ConfigDict

from shared.events import CaptureFetched


class Sidecar(BaseModel):
    """A capture as it was served for a request.

    `fetched` is the published event, with the request (including the index's row), the capture
    served and the pointer to the body. `archive` is where it came from: the archive's URL, or ``a WARC file``
    that does not say so. `visited` are the paths requested from the archive, the last
    one is the one served; `headers` and `codings` (outermost first) are as received. A capture with
    the digest of a stored one was not fetched: `same_as` is the id of that one, whose sidecar has
    the headers.
    """

    model_config = ConfigDict(frozen=True)

    sidecar_version: str = "1.0"
    fetched: CaptureFetched
    archive: str
    visited: tuple[str, ...]
    status: int
    headers: tuple[tuple[str, str], ...]
    codings: tuple[str, ...]
    same_as: str | None = None
