"""What is asked for instead, where an address that a person gave leads to no page."""

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

# What social networks, mail programs and the site's own share buttons append.
_TRACKING = (
    "utm_",
    "from",
    "spm",
    "share_token",
    "isappinstalled",
    "fbclid",
    "gclid",
    "nsukey",
    "scene",
)
_INDEX = ("index.html", "index.shtml", "index.htm", "default.htm", "default.html")


def other_forms(url: str) -> list[str]:
    """Addresses of the same page that the archive may have it under, the likeliest first.

    The archive itself makes no difference between http and https, with and without ``www.`` or a slash at
    the end.

        http://www.mofcom.gov.cn/a/?from=timeline   → http://www.mofcom.gov.cn/a/, …/a/index.html, …
    """
    parts = urlsplit(url)
    query = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in query if not name.lower().startswith(_TRACKING)]
    plain = parts.query if len(kept) == len(query) else urlencode(kept)
    folder, _, name = parts.path.rpartition("/")
    paths = [parts.path]
    if name.lower() in _INDEX:
        paths.append(f"{folder}/")
    elif "." not in name:
        paths += [f"{parts.path.rstrip('/')}/{index}" for index in _INDEX[:2]]
    forms = [urlunsplit(parts._replace(path=path, query=plain)) for path in paths]
    return [form for form in dict.fromkeys(forms) if form != url]
