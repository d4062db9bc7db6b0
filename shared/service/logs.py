"""Logs: one structured line an event, to standard output."""

import logging
import sys

import structlog


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
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
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
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)
    # Chatty libraries; their warnings still pass.
    for name in (
        "faust",
        "mode",
        "aiokafka",
        "httpx",
        "httpcore",
        "uvicorn",
        "alembic",
    ):
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("aiokafka.consumer.group_coordinator").addFilter(_not_the_first_time)
    structlog.contextvars.bind_contextvars(service=service)


def _not_the_first_time(record: logging.LogRecord) -> bool:
    """Kafka makes its offsets topic when the first group asks for it: no error, one more try."""
    return "GroupCoordinatorNotAvailable" not in record.getMessage()
