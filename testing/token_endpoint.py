"""A token endpoint that grants signed tokens to one client (RFC 6749, section 4.4; RFC 7519)."""

import base64
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

from deploy.local.ports import HOST

CLIENT, SECRET, SCOPE, AUDIENCE = "mofcom", "of the test's own", "notices", "kafka"


class TokenEndpoint:
    """`url` answers; `granted` counts the tokens, which last `seconds`."""

    def __init__(self) -> None:
        self._key = rsa.generate_private_key(65537, 2048)
        self.url = ""
        self.seconds = 3600
        self.granted = 0

    def jwks(self) -> str:
        """The public key, as a broker reads it (RFC 7517)."""
        numbers = self._key.public_key().public_numbers()
        n, e = (
            _plain(value.to_bytes((value.bit_length() + 7) // 8))
            for value in (numbers.n, numbers.e)
        )
        key = {"kty": "RSA", "kid": "1", "alg": "RS256", "use": "sig", "n": n, "e": e}
        return json.dumps({"keys": [key]})

    def answer(self, login: str, form: str) -> tuple[int, dict[str, object]]:
        """The answer to a request with this `Authorization` header and body."""
        asked = parse_qs(form)
        if login != f"Basic {base64.b64encode(f'{CLIENT}:{SECRET}'.encode()).decode()}":
            return 401, {"error": "invalid_client"}
        if asked != {"grant_type": ["client_credentials"], "scope": [SCOPE]}:
            return 400, {"error": "invalid_scope"}
        self.granted += 1
        now = int(time.time())
        claims = {"sub": CLIENT, "aud": AUDIENCE, "iat": now, "exp": now + self.seconds}
        return 200, {"access_token": self._signed(claims), "expires_in": self.seconds}

    def _signed(self, claims: dict[str, object]) -> str:
        head = {"alg": "RS256", "kid": "1", "typ": "JWT"}
        text = ".".join(_plain(json.dumps(part).encode()) for part in (head, claims))
        signature = self._key.sign(text.encode(), padding.PKCS1v15(), SHA256())
        return f"{text}.{_plain(signature)}"


def _plain(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


@contextmanager
def token_endpoint() -> Iterator[TokenEndpoint]:
    """An endpoint that answers."""
    endpoint = TokenEndpoint()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            form = self.rfile.read(int(self.headers["Content-Length"])).decode()
            status, answer = endpoint.answer(self.headers.get("Authorization", ""), form)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        def log_message(self, *_: object) -> None:
            """Nothing is printed."""

    server = ThreadingHTTPServer((HOST, 0), Handler)
    endpoint.url = f"http://{HOST}:{server.server_port}/token"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield endpoint
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
