"""Asks the service on this machine whether it is ready: ``python -m shared.service.probe``.

For container health checks. If it is not, exits 1 and prints what the service waits for. It runs
every few seconds, so it imports little: with the settings classes it would take six times as long.
"""

import os
import sys
from urllib.error import HTTPError, URLError

from shared.own_http import open_own

if __name__ == "__main__":
    port = os.environ.get("MOFCOM_HTTP_PORT", "8080")
    try:
        open_own(f"http://127.0.0.1:{port}/ready", timeout=5).close()
    except HTTPError as error:
        sys.exit(error.read().decode())
    except URLError as error:
        sys.exit(str(error.reason))
