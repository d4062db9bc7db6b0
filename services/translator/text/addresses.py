"""Web and mail addresses in a text, of either language."""

from collections.abc import Iterable

from services.translator.text.blank import blanked
from shared.chinese.form import Form, Forms, Found

ADDRESSES = Forms(
    Form(
        "web",
        r"(?:https?://|www\.)[A-Za-z0-9\-._~:/?#\[\]@!$&'\(\)*+,;=%]+[A-Za-z0-9/=_\-]",
        yes=("https://www.mofcom.gov.cn/a.html", "www.gov.cn"),
        no=("http",),
    ),
    Form(
        "mail",
        r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9._%+\-]++@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+",
        yes=("a@mofcom.gov.cn",),
        no=("a@b",),
    ),
    Form(
        "domain",
        r"(?<![A-Za-z0-9.@])(?:[a-z0-9\-]+\.)+(?:gov|com|org|net|edu|cn)(?:\.cn)?(?:/[\w\-./?=&%]*)?",
        yes=("mofcom.gov.cn", "scjss.mofcom.gov.cn/cpy"),
        no=("Booking.com", "e.g."),
    ),
)


def without(text: str, addresses: Iterable[Found]) -> str:
    """The text with blanks instead of its addresses, as long as it was."""
    return blanked(text, addresses, " ")
