"""Ready is about dependencies, live is about progress."""

from shared.health import Health


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_not_ready_before_the_start_and_while_something_is_waited_for() -> None:
    health = Health(stall_seconds=10)
    assert health.why_not_ready() == ["starting"]
    health.started = True
    first, second = object(), object()
    health.hold(first, "archive", "throttled")
    health.hold(second, "archive", "throttled")
    assert health.why_not_ready() == ["archive: throttled"]
    health.release(first)
    assert health.why_not_ready() == ["archive: throttled"]
    health.release(second)
    assert health.why_not_ready() == []


def test_not_live_when_work_in_progress_stands_still() -> None:
    clock = Clock()
    health = Health(stall_seconds=10, clock=clock, started=True)
    with health.working():
        clock.now = 11
        assert health.why_not_live() == ["no progress for 11 s with work waiting"]
        with health.working():
            pass
        assert health.why_not_live() == []
    clock.now = 100
    assert health.why_not_live() == []


def test_not_live_when_the_committed_offsets_stand_still_before_a_lag() -> None:
    clock = Clock()
    health = Health(stall_seconds=10, clock=clock, started=True)
    health.saw_lag(5, moved=True)
    clock.now = 11
    health.saw_lag(5, moved=False)
    assert health.why_not_live() == ["no progress for 11 s with work waiting"]
    health.saw_lag(4, moved=True)
    assert health.why_not_live() == []
    clock.now = 30
    health.saw_lag(0, moved=False)
    clock.now = 50
    assert health.why_not_live() == []


def test_waiting_for_a_dependency_is_no_reason_to_be_restarted() -> None:
    clock = Clock()
    health = Health(stall_seconds=10, clock=clock, started=True)
    with health.working():
        health.hold(health, "kafka", "away")
        clock.now = 1000
        assert health.why_not_live() == []
        health.release(health)
        assert health.why_not_live() == []
