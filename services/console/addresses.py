"""The console's own addresses."""

from urllib.parse import quote, urlencode

from fastapi import Request


def address(path: str, /, **asked: object) -> str:
    """A page's address with its question; what is None or empty is left out.

    >>> address("/search", q="稀土", since=None)
    '/search?q=%E7%A8%80%E5%9C%9F'
    """
    given = {name: value for name, value in asked.items() if value not in (None, "")}
    return path + ("?" + urlencode(given) if given else "")


def notice_address(key: str) -> str:
    """The page of a notice."""
    return "/n/" + quote(key, safe="")


def alert_address(name: str) -> str:
    """The page of an alert."""
    return "/alerts/" + quote(name, safe="")


def path_of(request: Request) -> str:
    """The path of a request as it stands in an address; Starlette has it decoded."""
    return quote(request.scope["path"])
