"""Logs: one structured line an event, to standard output."""

import logging
import sys
from collections.abc import Callable
from time import monotonic

import structlog

_REPEAT_SECONDS = 60.0


def configure(service: str, log_format: str) -> None:
    """Send structlog's and the standard library's lines through one renderer.

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
    """Lets the same line of a Kafka client pass once a minute.

    While no broker answers each client says so ten times a second; that a service waits, it says
    by itself.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._said: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a line is another one than those of the last minute, or none of a client's."""
        if record.name.partition(".")[0] != "aiokafka":
            return True
        now = self._clock()
        self._said = {line: at for line, at in self._said.items() if now - at < _REPEAT_SECONDS}
        line = record.getMessage()
        if line in self._said:
            return False
        self._said[line] = now
        return True


def _not_the_first_time(record: logging.LogRecord) -> bool:
    """Kafka makes its offsets topic when the first group asks for it: no error, one more try."""
    return "GroupCoordinatorNotAvailable" not in record.getMessage()
