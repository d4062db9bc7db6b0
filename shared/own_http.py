"""HTTP to our own services, never through the proxy that the environment names.

By urllib, which is imported quickly: commands that ask a service import it at their start.
"""

from http.client import HTTPResponse
from typing import cast
from urllib.request import ProxyHandler, Request, build_opener

_OPENER = build_opener(ProxyHandler({}))


def open_own(request: str | Request, timeout: float | None = None) -> HTTPResponse:
    """The answer to a request to an http(s) URL of ours, within `timeout` seconds, None for any time.

    Raises URLError, and HTTPError for a status of 400 or more.
    """
    return cast(HTTPResponse, _OPENER.open(request, timeout=timeout))
