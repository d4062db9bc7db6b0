"""Requests to our own services."""

from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from shared.own_http import open_own
from testing.corpus import ROOT
from testing.waiting import LIMIT_SECONDS


def test_the_proxy_of_the_environment_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, *_: object) -> None:
            pass

    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    server = HTTPServer(("127.0.0.1", 0), Answering)
    Thread(target=server.handle_request, daemon=True).start()
    with open_own(f"http://127.0.0.1:{server.server_port}/", timeout=LIMIT_SECONDS) as answer:
        assert answer.read() == b"ok"
    server.server_close()


def test_no_health_check_asks_through_a_proxy() -> None:
    """Docker hands the proxy of its own settings to every container."""
    files = [ROOT / "docker-compose.yml", *(ROOT / "deploy" / "docker").glob("*.yml")]
    assert len(files) > 2
    assert [file.name for file in files if "urlopen" in file.read_text()] == []
