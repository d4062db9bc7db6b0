"""`python -m deploy.local.archive FILE.warc.gz... --host --port`: serve captures until stopped."""

import argparse
import socket
from pathlib import Path

import uvicorn

from deploy.local.archive.app import create_app
from deploy.local.archive.captures import Captures, read_warc


def main() -> None:
    """Read the files, listen, say so in one line, and serve until SIGINT or SIGTERM.

    Ends with status 2 when a file cannot be read, 1 when the port is taken.
    """
    parser = argparse.ArgumentParser(prog="python -m deploy.local.archive", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE.warc.gz")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8100, help="0 takes a free one")
    options = parser.parse_args()
    try:
        captures = Captures(c for path in options.files for c in read_warc(path))
    except OSError as wrong:
        parser.error(str(wrong))
    # Listening first and serving on that socket: whoever reads the line can connect at once.
    try:
        listening = socket.create_server((options.host, options.port), backlog=256)
    except OSError as wrong:
        raise SystemExit(f"cannot listen on {options.host}:{options.port}: {wrong}") from None
    # asyncio does this for the sockets that it makes itself; without it an answer takes 40 ms.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with listening:
        host, port = listening.getsockname()[:2]
        print(f"bundled archive: {len(captures)} captures at http://{host}:{port}", flush=True)
        config = uvicorn.Config(
            create_app(captures), http="h11", ws="none", lifespan="off", log_level="warning"
        )
        uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main()
