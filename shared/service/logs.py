"""Logs: one structured line per event, to standard output."""

import io
import logging
import sys
from collections.abc import Callable
from time import monotonic

import structlog

_REPEAT_SECONDS = 60.0


def configure(service: str, log_format: str) -> None:
    """Send lines of structlog and of the standard library through one renderer.

    `log_format` is ``console`` for people or ``json`` for machines.
    """
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if log_format == "json"
        else structlog.dev.ConsoleRenderer(
            colors=False,
            pad_event_to=0,
            # The default prints the locals of every frame, passwords among them.
            exception_formatter=structlog.dev.plain_traceback,
        )
    )

    def named(_: object, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
        # Not a context variable: Faust's consumer logs from a thread of its own.
        return {**event, "service": service}

    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        named,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    structlog.configure(
        processors=[
            *shared,
            structlog.processors.format_exc_info,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A lone surrogate, or a Chinese title where the locale is C, must not cost the line.
        sys.stdout.reconfigure(errors="backslashreplace")
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processor=renderer)
    )
    handler.addFilter(Repeats())
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)
    # Chatty libraries; their warnings still pass.
    for name in ("faust", "mode", "aiokafka", "httpx", "httpcore", "uvicorn"):
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("aiokafka.consumer.group_coordinator").addFilter(_not_the_first_time)


class Repeats(logging.Filter):
    """Lets an identical line of a Kafka client pass once a minute.

    While no broker answers, each client logs it ten times a second; the service itself logs once
    that it waits.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._seen: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a line is not a Kafka client's, or was not logged in the last minute."""
        if record.name.partition(".")[0] != "aiokafka":
            return True
        now = self._clock()
        self._seen = {line: at for line, at in self._seen.items() if now - at < _REPEAT_SECONDS}
        line = record.getMessage()
        if line in self._seen:
            return False
        self._seen[line] = now
        return True


def _not_the_first_time(record: logging.LogRecord) -> bool:
    """Kafka creates its offsets topic for the first group: not an error, the client retries."""
    return "GroupCoordinatorNotAvailable" not in record.getMessage()
