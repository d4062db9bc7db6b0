"""What is read at all: the pages of one site."""

import re

SITE = "mofcom.gov.cn"
# Characters of an address. The archive takes none that is longer; crawlers met addresses of
# kilobytes that hold a picture (data:) or a whole form.
LONGEST_ADDRESS = 4_000

_HOST = re.compile(
    rf"(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)*{re.escape(SITE)}", re.IGNORECASE | re.ASCII
)


def is_of_site(host: str) -> bool:
    """Whether a host is the site's or a sub-domain of it: ``www.mofcom.gov.cn``, no port."""
    return bool(_HOST.fullmatch(host))
