"""What becomes of forged records at the border of a service."""

import os
from collections.abc import Sequence

from services.parser.parse import parse
from shared.delivery.settle import Handler, Settle
from shared.envelope import E, encode
from shared.events import DeadLetter, Event
from shared.health import Health
from shared.notice import Notice
from shared.settings import Settings
from testing.doubles import RecordingPublisher
from testing.forgery import AT, forged

# As many as the suite has time for; `make test-borders` sends 20,000 through each.
FORGERIES = int(os.environ.get("FORGERIES", "1500"))
PAGE = (
    '<meta charset="gb2312"><script>var title="公告\\ud83d\\ude00";</script><h1 id="artitle">商务部公告2025年第1号</h1>'
    '<div id="zoom" class="artCon">根据《中华人民共和国出口管制法》，自2025年1月2日起对镓（8112929010）实施管制。'
    '<a href="a.pdf">附件</a></div>'
).encode("gb18030")
URL = "http://www.mofcom.gov.cn/article/b/c/202501/20250100000001.shtml"


def read_notice() -> Notice:
    """The notice of the page, to be forged."""
    return parse(PAGE, URL)


async def unnamed(
    model: type[E], handler: Handler[E], events: Sequence[Event], count: int = FORGERIES
) -> tuple[set[str], dict[str, list[int]]]:
    """Settle forgeries: the reasons of their dead letters, and the numbers of those that ended in an error
    that nobody has named, by its last line. What was published must have a record.
    """
    published = RecordingPublisher()
    settle = Settle(
        "parser", model, handler, published, Health(60.0), Settings(unknown_errors=count)
    )
    reasons: set[str] = set()
    wrong: dict[str, list[int]] = {}
    for number in range(count):
        published.published.clear()
        await settle(forged(events, number))
        for event in published.events:
            encode(event, "test", AT)
            if isinstance(event, DeadLetter):
                reasons.add(event.reason)
                if event.reason == "unexpected error":
                    wrong.setdefault(event.error.strip().rpartition("\n")[2], []).append(number)
    return reasons, wrong
