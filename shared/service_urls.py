"""Where the services answer over HTTP, as the setting MOFCOM_SERVICE_URLS has it."""


def read_service_urls(text: str) -> dict[str, str]:
    """Addresses by name.

    >>> read_service_urls("parser=http://parser:8080, indexer=http://indexer:8080/")
    {'parser': 'http://parser:8080', 'indexer': 'http://indexer:8080'}

    Raises ValueError, with the part that is wrong.
    """
    found = {}
    for one in text.split(","):
        if not one.strip():
            continue
        name, _, url = one.strip().partition("=")
        if not (name and url.startswith(("http://", "https://"))):
            raise ValueError(f"{one.strip()!r} is wrong: write NAME=http://HOST:PORT")
        found[name] = url.rstrip("/")
    return found
