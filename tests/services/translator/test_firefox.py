"""The default engine without its model: missing, downloaded, damaged, resumed, all on loopback."""

import asyncio
import hashlib
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from services.translator.engines.engine import Answer, EngineDown, Request
from services.translator.engines.firefox import Firefox, Model, load
from services.translator.engines.model import MODEL, ModelFile, ModelMissing, ModelStore
from services.translator.http import Http
from testing.waiting import LIMIT_SECONDS, until
from tests.services.translator.loopback import Asked, Reply, serving

DATA = {"model.bin": bytes(range(256)) * 40, "vocab.spm": b"vocabulary" * 100}
FILES = tuple(
    ModelFile(name, f"remote-{name}", len(data), hashlib.sha256(data).hexdigest())
    for name, data in DATA.items()
)
REMOTE = {f"/remote-{name}": data for name, data in DATA.items()}


def mirror(asked: Asked) -> Reply:
    """A mirror that knows ranges."""
    data = REMOTE[asked.path]
    wanted = asked.headers.get("range")
    if wanted is None:
        return Reply(body=data)
    start = int(wanted.removeprefix("bytes=").rstrip("-"))
    if start >= len(data):
        return Reply(416)
    headers = {"Content-Range": f"bytes {start}-{len(data) - 1}/{len(data)}"}
    return Reply(206, data[start:], headers)


def store(folder: Path, url: str) -> ModelStore:
    return ModelStore(folder, url, Http(LIMIT_SECONDS), FILES)


async def test_the_model_is_fetched_once_and_checked(tmp_path: Path) -> None:
    async with serving(mirror) as server:
        paths = await store(tmp_path / "m", server.url).paths()
        assert {name: path.read_bytes() for name, path in paths.items()} == DATA
        assert await store(tmp_path / "m", server.url).paths() == paths
        assert len(server.asked) == len(FILES)
    # And with no network at all, from the folder.
    assert await store(tmp_path / "m", "").paths() == paths


async def test_without_model_or_network_it_says_why(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="none is to be fetched"):
        await store(tmp_path, "").paths()
    async with serving(mirror) as server:
        gone = server.url
    with pytest.raises(ModelMissing, match="no model in"):
        await store(tmp_path, gone).paths()


async def test_starting_ends_with_the_first_failure(tmp_path: Path) -> None:
    engine = Firefox(store(tmp_path, ""), 86_400.0, LIMIT_SECONDS)
    await engine.start()
    # Not when it is tried again, after a day.
    await asyncio.wait_for(engine.started(), LIMIT_SECONDS)
    assert "none is to be fetched" in (await engine.health() or "")
    await engine.close()


async def test_a_wrong_file_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    wrong = {path: bytes(len(data)) for path, data in REMOTE.items()}
    async with serving(lambda asked: Reply(body=wrong[asked.path])) as server:
        with pytest.raises(ModelMissing, match="sha256 differs"):
            await store(tmp_path, server.url).paths()
    assert not list(tmp_path.glob("*.bin")) + list(tmp_path.glob("*.part"))


async def test_a_damaged_file_is_downloaded_again(tmp_path: Path) -> None:
    async with serving(mirror) as server:
        paths = await store(tmp_path, server.url).paths()
        paths["model.bin"].write_bytes(bytes(len(DATA["model.bin"])))
        await store(tmp_path, server.url).paths()
    assert paths["model.bin"].read_bytes() == DATA["model.bin"]


async def test_an_interrupted_download_continues_where_it_ended(tmp_path: Path) -> None:
    def cut(asked: Asked) -> Reply:
        data = REMOTE[asked.path]
        return Reply(body=data[: len(data) // 3], declared=len(data))

    async with serving(cut) as server:
        with pytest.raises(ModelMissing):
            await store(tmp_path, server.url).paths()
    part = tmp_path / "model.bin.part"
    had = part.stat().st_size
    assert 0 < had < len(DATA["model.bin"])
    async with serving(mirror) as server:
        paths = await store(tmp_path, server.url).paths()
    assert server.asked[0].headers["range"] == f"bytes={had}-"
    assert paths["model.bin"].read_bytes() == DATA["model.bin"]


@pytest.mark.parametrize(
    "script",
    [
        lambda asked: Reply(body=REMOTE[asked.path]),
        lambda asked: Reply(416) if "range" in asked.headers else mirror(asked),
        lambda asked: (
            Reply(206, b"x", {"Content-Range": "bytes 1-1/9"})
            if "range" in asked.headers
            else mirror(asked)
        ),
    ],
    ids=["knows no ranges", "refuses the range", "answers another range"],
)
async def test_a_part_that_cannot_be_continued_is_downloaded_from_the_start(
    tmp_path: Path, script: Callable[[Asked], Reply]
) -> None:
    (tmp_path / "model.bin.part").write_bytes(DATA["model.bin"][:100])
    async with serving(script) as server:
        paths = await store(tmp_path, server.url).paths()
    assert paths["model.bin"].read_bytes() == DATA["model.bin"]


async def test_a_part_of_something_else_is_found_out(tmp_path: Path) -> None:
    (tmp_path / "model.bin.part").write_bytes(b"another" * 10)
    async with serving(mirror) as server:
        with pytest.raises(ModelMissing, match="sha256 differs"):
            await store(tmp_path, server.url).paths()
        paths = await store(tmp_path, server.url).paths()
    assert paths["model.bin"].read_bytes() == DATA["model.bin"]


@pytest.mark.parametrize("status", [403, 404, 500])
async def test_a_refusal_names_its_status(tmp_path: Path, status: int) -> None:
    async with serving(lambda _: Reply(status)) as server:
        with pytest.raises(ModelMissing, match=str(status)):
            await store(tmp_path, server.url).paths()


async def test_more_than_was_pinned_is_not_read(tmp_path: Path) -> None:
    async with serving(lambda _: Reply(body=bytes(1_000_000))) as server:
        with pytest.raises(ModelMissing, match="over"):
            await store(tmp_path, server.url).paths()


async def test_an_endless_silence_ends(tmp_path: Path) -> None:
    async with serving(lambda _: Reply(after_seconds=LIMIT_SECONDS)) as server:
        with pytest.raises(ModelMissing, match="no answer within"):
            await ModelStore(tmp_path, server.url, Http(0.1), FILES).paths()


async def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(ModelMissing, match="cannot be used"):
        await store(tmp_path / "file" / "m", "http://127.0.0.1:9").paths()


class Slow:
    """Answers when it is let."""

    def __init__(self) -> None:
        self.go = threading.Event()

    def translate(self, text: str) -> str:
        self.go.wait()
        self.go.clear()
        return text


async def test_an_endless_sentence_is_no_answer_and_blocks_nothing_forever(
    tmp_path: Path,
) -> None:
    async with serving(mirror) as server:
        slow = Slow()
        engine = Firefox(store(tmp_path, server.url), 60.0, 0.05, load=lambda _: slow)
        await engine.start()
        await ready(engine, True)
        assert await engine.translate([Request("a")]) == [Answer("", "no answer")]
        with pytest.raises(EngineDown, match="has taken over"):
            await engine.translate([Request("b")])
        slow.go.set()
        await ready(engine, True)
        # Asked again it holds up nobody: the rest of its notice gets done.
        assert await engine.translate([Request("a")]) == [Answer("", "no answer")]
        assert await engine.health() is None
        slow.go.set()
        await engine.close()


class Panic(BaseException):
    """As pyo3's PanicException, no Exception."""


class Panics:
    def translate(self, text: str) -> str:
        if text == "a":
            raise Panic(text)
        return text


async def test_a_panic_of_the_native_engine_is_the_sentences_fault(tmp_path: Path) -> None:
    async with serving(mirror) as server:
        engine = Firefox(store(tmp_path, server.url), 60.0, LIMIT_SECONDS, load=lambda _: Panics())
        await engine.start()
        await ready(engine, True)
        answers = await engine.translate([Request("a"), Request("b")])
        assert answers == [Answer("", "no answer"), Answer("b")]
        await engine.close()


async def test_a_panic_while_the_model_is_loaded_is_reported(tmp_path: Path) -> None:
    def panics(paths: dict[str, Path]) -> Model:
        raise Panic("bad weights")

    async with serving(mirror) as server:
        engine = Firefox(store(tmp_path, server.url), 60.0, LIMIT_SECONDS, load=panics)
        await engine.start()
        await said(engine, "cannot be loaded")
        assert "bad weights" in (await engine.health() or "")
        await engine.close()


class Upper:
    def translate(self, text: str) -> str:
        return text.upper()


async def ready(engine: Firefox, want: bool) -> str | None:
    async def is_so() -> bool:
        return (await engine.health() is None) == want

    await until(is_so)
    return await engine.health()


async def said(engine: Firefox, part: str) -> None:
    """Return when the engine says that it is down, in words of which `part` is one."""

    async def is_so() -> bool:
        return part in (await engine.health() or "")

    await until(is_so)


async def test_the_model_that_arrives_later_is_taken(tmp_path: Path) -> None:
    there = False

    def script(asked: Asked) -> Reply:
        return mirror(asked) if there else Reply(503)

    async with serving(script) as server:
        engine = Firefox(store(tmp_path, server.url), 0.02, LIMIT_SECONDS, load=lambda _: Upper())
        await engine.start()
        await said(engine, "503")
        assert "answers 503" in (await engine.health() or "")
        with pytest.raises(EngineDown, match="503"):
            await engine.translate([Request("a")])
        there = True
        await ready(engine, True)
        assert await engine.translate([Request("a"), Request("b")]) == [Answer("A"), Answer("B")]
        await engine.close()


async def test_files_that_are_no_model_say_so(tmp_path: Path) -> None:
    """fxtranslate itself, on files that passed their sums but are not weights."""
    async with serving(mirror) as server:
        engine = Firefox(store(tmp_path, server.url), 60.0, LIMIT_SECONDS, load=load)
        await engine.start()
        await said(engine, "cannot be loaded")
        assert "the model cannot be loaded" in (await engine.health() or "")
        await engine.close()


def test_the_pinned_files_are_those_of_one_model() -> None:
    assert [file.name.split(".")[0] for file in MODEL] == ["model", "lex", "vocab"]
    assert all(len(file.sha256) == 64 and file.size > 10**6 for file in MODEL)
