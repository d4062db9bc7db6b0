"""What is kept beside a body, so that a capture's events can be made again from the blob store."""

from pydantic import BaseModel, ConfigDict

from shared.events import CaptureFetched


class Sidecar(BaseModel):
    """A capture as it was served for a request.

    `fetched` is the event that was published, with the request (and the index's row in it), the
    capture served and the pointer to the body. `visited` are the addresses asked of the archive
    below /web/, the last one served; `headers` and `codings` (outermost first) as received, before
    the codings were decoded. A capture that the index lists with the digest of a held one was not
    asked for: `same_as` names that one, whose headers stand in its own sidecar.
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
