"""`mofcom add FILE.warc.gz`: hand a WARC file to the running fetcher."""

import json
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request

from services.cli.answering import START
from services.cli.fail import fail
from shared.own_http import open_own


def is_warc(text: str) -> bool:
    """Whether an argument of `mofcom add` names a WARC file, not an address."""
    return text.endswith((".warc", ".warc.gz")) and "://" not in text


def add_warc(url: str, path: Path) -> dict[str, int]:
    """Send a file to the fetcher at `url`; answers how many of what. Exits 1 when that failed."""
    try:
        with path.open("rb") as file:
            headers = {
                "Content-Type": "application/warc",
                "Content-Length": str(path.stat().st_size),
            }
            request = Request(f"{url}/captures", file, headers)  # noqa: S310 - http(s), a setting
            # It answers when everything is stored and confirmed, however long that takes.
            with open_own(request) as response:
                return dict(json.load(response))
    except HTTPError as error:
        fail(f"the fetcher at {url} answered {error.code}: {error.read().decode()[:500]}")
    except URLError as error:
        fail(f"no fetcher answers at {url} ({error.reason}): {START}")
    except OSError as error:
        fail(f"{path} cannot be read: {error}")
