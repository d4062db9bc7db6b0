"""Tokens: who may ask a service that answers beyond this machine. `mofcom token NAME` makes one."""

import binascii
import hashlib
import hmac
import re
from base64 import b64decode
from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import NamedTuple

_LINE = re.compile(r"(?P<digest>[0-9a-f]{64}) +(?P<scope>read|operate) +(?P<name>\S.*)")


class Token(NamedTuple):
    """Whose a token is, and whether it may change something besides asking."""

    name: str
    operates: bool = False


def read_tokens(file: Path) -> dict[str, Token]:
    """The tokens of a file by their SHA-256, in hex.

    Raises OSError, and ValueError for a line that is no ``SHA256 read NAME`` or ``SHA256 operate NAME``.
    """
    found = {}
    for number, line in enumerate(file.read_text().splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        matched = _LINE.fullmatch(line.strip())
        if matched is None:
            raise ValueError(f"{file}, line {number}: SHA256 read NAME, or operate, is expected")
        found[matched["digest"]] = Token(matched["name"], matched["scope"] == "operate")
    return found


def token_of(authorization: str, tokens: Mapping[str, Token]) -> Token | None:
    """The one of `tokens`, as of `read_tokens`, that the header `authorization` has."""
    digest = hashlib.sha256(_secret(authorization).encode()).hexdigest()
    return next((tokens[one] for one in tokens if hmac.compare_digest(one, digest)), None)


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches what listens on `host`."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _secret(authorization: str) -> str:
    """The token of a program, or the password that a browser asked for: RFC 6750 and RFC 7617."""
    scheme, _, given = authorization.partition(" ")
    if scheme.lower() == "bearer":
        return given.strip()
    if scheme.lower() == "basic":
        try:
            return b64decode(given, validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return ""
    return ""
