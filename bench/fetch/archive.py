"""A minimal archive: ``python -m bench.fetch.archive N``, prints its port.

Serves the mementos of N pages, /p/0.html and so on, as web.archive.org would. Responses are built
beforehand, so that it is not the bottleneck.
"""

import asyncio
import gzip
import re
import sys
from random import Random

_NUMBER = re.compile(rb"/p/(\d+)\.html")
_LETTERS = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]
_CHARACTERS = 15_000


class _Connection(asyncio.Protocol):
    """Serves `pages`, each plain and gzipped."""

    pages: list[tuple[bytes, bytes]]

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            self._transport = transport
        self._received = b""

    def data_received(self, data: bytes) -> None:
        self._received += data
        while b"\r\n\r\n" in self._received:
            head, _, self._received = self._received.partition(b"\r\n\r\n")
            self._transport.write(self._answer(head))

    def _answer(self, head: bytes) -> bytes:
        original = head.split(b" ", 2)[1].partition(b"id_/")[2]
        plain, packed = self.pages[int(_NUMBER.findall(original)[0])]
        takes_gzip = b"gzip" in head
        body = packed if takes_gzip else plain
        coding = b"content-encoding: gzip\r\n" if takes_gzip else b""
        return (
            b"HTTP/1.1 200 OK\r\n"
            b"content-type: text/html\r\n"
            b"memento-datetime: Tue, 01 Jan 2019 00:00:00 GMT\r\n"
            b'link: <%s>; rel="original"\r\n'
            b"x-archive-src: bench.warc.gz\r\n"
            b"%s"
            b"content-length: %d\r\n\r\n%s" % (original, coding, len(body), body)
        )


def _captures(count: int) -> list[tuple[bytes, bytes]]:
    """Pages of some 30 kB, as MOFCOM's, no two the same."""
    text = "".join(Random(1).choices(_LETTERS, k=_CHARACTERS)).encode("gb18030")  # noqa: S311
    pages = (b'<meta charset="gb2312"><body>%d %s</body>' % (n, text) for n in range(count))
    return [(page, gzip.compress(page, 1)) for page in pages]


async def _main(count: int) -> None:
    _Connection.pages = _captures(count)
    server = await asyncio.get_running_loop().create_server(_Connection, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_main(int(sys.argv[1])))
