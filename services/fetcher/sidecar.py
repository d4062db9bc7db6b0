"""What the blob store keeps beside the bodies, from which events and tables can be made again."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from shared.errors import GaveUp
from shared.events import AddressExpanded, AddressRequested, CaptureFetched, CaptureRequested

# Where a capture comes from of a file that does not say so.
FILE = "a WARC file"


class Sidecar(BaseModel):
    """A capture as it was served for a request.

    `fetched` is the published event, with the request (including the index's row), the capture
    served and the pointer to the body. `archive` is where it came from: that of the capture, or ``a WARC file``,
    of one that does not say so. `visited` are the paths requested from the archive, the last
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


class GivenUp(BaseModel):
    """Why something is not tried any more, as `shared.errors.GaveUp`."""

    model_config = ConfigDict(frozen=True)

    reason: str
    detail: str
    at: datetime

    @classmethod
    def of(cls, error: GaveUp) -> "GivenUp":
        """The error as it is stored."""
        return cls(reason=error.reason, detail=error.detail, at=error.at)

    def error(self) -> GaveUp:
        """The error again."""
        return GaveUp(self.reason, self.detail, self.at)


class EndingSidecar(BaseModel):
    """How the last attempt at a request ended that brought no capture, or at an address.

    `ended` is the published event; None for a dead letter, of which `gave_up` says why. `asked` is
    the attempt.
    """

    model_config = ConfigDict(frozen=True)

    sidecar_version: str = "1.0"
    asked: AddressRequested | CaptureRequested
    ended: AddressExpanded | CaptureFetched | None = None
    gave_up: GivenUp | None = None
