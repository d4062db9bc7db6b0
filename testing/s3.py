"""An S3 that answers over HTTP: `moto` in server mode."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from moto.server import ThreadedMotoServer

from deploy.local.ports import HOST, any_port

BUCKET = "notices"
_PLACE = (
    "<CreateBucketConfiguration><LocationConstraint>eu-central-1</LocationConstraint>"
    "</CreateBucketConfiguration>"
)


class S3:
    """One bucket, empty at first. `stop` and `start` keep what it holds."""

    def __init__(self) -> None:
        self._port = any_port()
        self.endpoint = f"http://{HOST}:{self._port}"

    @property
    def environment(self) -> dict[str, str]:
        """The variables by which a service reaches the bucket."""
        return {
            "MOFCOM_BLOB_URL": f"s3://{BUCKET}/blobs",
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ACCESS_KEY_ID": "key",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_REGION": "eu-central-1",
        }

    def start(self) -> None:
        """Answer."""
        self._server = ThreadedMotoServer(HOST, self._port, verbose=False)
        self._server.start()

    def stop(self) -> None:
        """Refuse connections."""
        self._server.stop()


@contextmanager
def s3_server() -> Iterator[S3]:
    """An S3 with the bucket `BUCKET`."""
    s3 = S3()
    s3.start()
    try:
        # What this process has stored before, on another port.
        httpx.post(f"{s3.endpoint}/moto-api/reset").raise_for_status()
        httpx.put(f"{s3.endpoint}/{BUCKET}", content=_PLACE).raise_for_status()
        yield s3
    finally:
        s3.stop()
