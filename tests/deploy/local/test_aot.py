import subprocess
from pathlib import Path

import pytest

from deploy.local import aot, install, kafka
from deploy.local.jars import AOT_CACHE, KAFKA_VERSION
from deploy.local.processes import ProgramFailed

NOTHING_MADE = "no space left"


@pytest.fixture(scope="module")
def cache() -> bytes:
    """The cache that `make setup` made."""
    if not aot.usable():  # jars that were copied, or set up before there was a cache
        aot.make()
    return AOT_CACHE.read_bytes()


@pytest.mark.usefixtures("cache")
def test_java_accepts_the_cache_that_setup_created() -> None:
    assert aot.usable()


def test_kafka_runs_without_a_cache_that_can_be_used(
    cache: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_short = tmp_path / "kafka.aot"
    cut_short.write_bytes(cache[:1_000_000])
    option = (f"-XX:AOTCache={cut_short}", *kafka.USE_AOT_CACHE[1:])
    monkeypatch.setattr(kafka, "USE_AOT_CACHE", option)
    assert not aot.usable()
    command = kafka.java("kafka.Kafka", "--version", aot=option)
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    assert answer.stdout.startswith(KAFKA_VERSION)
    assert answer.stderr == ""


def test_a_cache_that_cannot_be_created_leaves_nothing_and_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, record: Path, **__: object) -> None:
        record.write_bytes(b"half of it")
        raise ProgramFailed(NOTHING_MADE)

    monkeypatch.setattr(aot, "AOT_CACHE", tmp_path / "kafka.aot")
    monkeypatch.setattr(aot, "usable", lambda: False)
    monkeypatch.setattr(kafka, "start", fail)
    assert install.main([]) == 0
    assert NOTHING_MADE in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(aot, "AOT_CACHE", tmp_path / "nowhere" / "kafka.aot")
    monkeypatch.setattr(aot, "usable", lambda: False)
    assert install.main([]) == 0
    assert "nowhere" in capsys.readouterr().err
