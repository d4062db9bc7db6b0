"""What is logged, and how often."""

import json
import logging
import threading

import pytest
import structlog

from shared.service.logs import Repeats, configure


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def line(text: str, name: str = "aiokafka.client") -> logging.LogRecord:
    return logging.LogRecord(name, logging.ERROR, "", 0, text, None, None)


def test_a_client_that_finds_no_broker_says_so_once_a_minute() -> None:
    clock = Clock()
    passes = Repeats(clock).filter
    assert [passes(line(text)) for text in ("no broker", "no broker", "another", "no broker")] == [
        True,
        False,
        True,
        False,
    ]
    clock.now = 61
    assert passes(line("no broker"))
    assert not passes(line("no broker"))


def test_what_a_service_says_itself_always_passes() -> None:
    passes = Repeats(Clock()).filter
    assert all(passes(line("holding", "shared.delivery.settle")) for _ in range(3))


def test_every_line_names_the_service_whatever_thread_it_comes_from(
    capsys: pytest.CaptureFixture[str],
) -> None:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    try:
        configure("parser", "json")
        structlog.get_logger("here").info("one")
        thread = threading.Thread(target=lambda: logging.getLogger("aiokafka").warning("two"))
        thread.start()
        thread.join()
        lines = [json.loads(each) for each in capsys.readouterr().out.splitlines()]
    finally:
        root.handlers[:], root.level = before, level
        structlog.reset_defaults()
    assert [(each["event"], each["service"]) for each in lines] == [
        ("one", "parser"),
        ("two", "parser"),
    ]
