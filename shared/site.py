"""The scope: the pages of one site."""

import re

SITE = "mofcom.gov.cn"
# Characters of a URL. The archive accepts none that is longer; crawlers have met URLs of kilobytes
# that contain an image (data:) or a whole form.
LONGEST_ADDRESS = 4_000

_HOST = re.compile(
    rf"(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)*{re.escape(SITE)}", re.IGNORECASE | re.ASCII
)


def is_of_site(host: str) -> bool:
    """Whether a host (without port) is the site or a subdomain of it, e.g. ``www.mofcom.gov.cn``."""
    return bool(_HOST.fullmatch(host))
