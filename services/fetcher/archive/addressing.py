"""How the archive is reached, from what people write in settings: its URL, a proxy, a contact."""

import re
from urllib.parse import quote, unquote, urlsplit

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
# Of an address that was copied from the archive: https://web.archive.org/web/*/http://….
_REPLAY = re.compile(r"/(?:web|cdx|save)(?:/.*)?$", re.DOTALL)
# Behind a collection of pywb's: its index, its calendar, a capture.
_IN_COLLECTION = re.compile(r"/(?:cdx(?:[/?].*)?|[0-9*]+(?:[a-z]{2}_)?/.*|\*)$", re.DOTALL)
# What other programs call the way without a proxy.
_NO_PROXY = ("direct", "none", "off", "no", "false")
_LONGEST_CONTACT = 200
_PRINTABLE = "".join(map(chr, range(0x20, 0x7F)))


def server_url(text: str) -> str:
    """The archive's own URL, without the path of replay or of the index behind it. Without a scheme it is https.

    Raises ValueError for what is not the URL of a server.
    """
    text = text.strip()
    url = _REPLAY.sub("", text if _SCHEME.match(text) else f"https://{text}").rstrip("/")
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise ValueError(f"is not a URL: {error}") from None
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        raise ValueError("must be an http:// or https:// address of a server")
    if parts.query or parts.fragment or re.search(r"\s", url):
        raise ValueError("must end with the server's name or a path")
    return f"{parts.scheme}://{parts.netloc.lower()}{parts.path}"


def collection_url(text: str) -> str:
    """The URL of a collection of pywb's, without what stands behind it; empty for none. Without a scheme it
    is https.

        https://arquivo.pt/wayback/2023*/http://…   → https://arquivo.pt/wayback

    Raises ValueError for what is not the URL of a collection.
    """
    text = text.strip()
    if not text:
        return ""
    if not _SCHEME.match(text):
        text = f"https://{text}"
    url = _IN_COLLECTION.sub("", text).rstrip("/")
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise ValueError(f"is not a URL: {error}") from None
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        raise ValueError("is not a URL: write https://HOST/COLLECTION")
    if parts.path in ("", "/") or parts.query or parts.fragment:
        raise ValueError("names no collection: write https://HOST/COLLECTION")
    return url


def proxy_url(text: str) -> str:
    """A proxy's URL, its user and password percent-encoded; empty for none. Without a scheme it is http.

    Raises ValueError for a kind of proxy that is not spoken here, and for what is not a URL.
    """
    text = text.strip()
    if not text:
        return ""
    if not _SCHEME.match(text):
        text = f"http://{text}"
    scheme, _, rest = text.partition("://")
    scheme = scheme.lower()
    if scheme not in ("http", "https"):
        raise ValueError(f"{scheme}:// proxies are not spoken: give the address of an HTTP proxy")
    # A password may hold an @ that nobody encoded.
    credentials, at, host = rest.rpartition("@")
    user, colon, password = credentials.partition(":")
    try:
        port = urlsplit(f"//{host}").port
        name = urlsplit(f"//{host}").hostname
    except ValueError as error:
        raise ValueError(f"is not an address of a proxy: {error}") from None
    if not name:
        raise ValueError("is not an address of a proxy: write http://HOST:PORT")
    if port == 0 or re.search(r"[\s\\]", host) or name in _NO_PROXY:
        raise ValueError("is not an address of a proxy: write http://HOST:PORT, or leave it empty")
    place = f"[{name}]" if ":" in name else name
    encoded = f"{_encoded(user)}{colon}{_encoded(password)}{at}"
    return f"{scheme}://{encoded}{place}{f':{port}' if port else ''}"


def contact(text: str) -> str:
    """A contact as a header may hold it: UTF-8 that is not ASCII is percent-encoded.

    Raises ValueError for more than one line, and for one that is too long for a header.
    """
    text = text.strip()
    if len(text) > _LONGEST_CONTACT:
        raise ValueError(f"must have at most {_LONGEST_CONTACT} characters")
    if re.search(r"[\x00-\x1f\x7f]", text):
        raise ValueError("must be one line: a mail address or a URL")
    return quote(text, safe=_PRINTABLE)


def _encoded(text: str) -> str:
    return quote(unquote(text), safe="")
