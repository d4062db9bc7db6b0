"""What is stored is returned; a store that is down is distinguished from a missing blob."""

import asyncio
import errno
import hashlib
import os
from collections import Counter
from pathlib import Path

import pytest
import zstandard

from shared.blobs import Blobs, folder_of
from shared.durable_files import DurableFiles
from shared.errors import BlobDamaged, BlobMissing, DependencyDown
from shared.events import CaptureFetched
from tests.shared.samples import FETCHED


async def test_a_body_is_kept_under_its_sha256(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path.as_uri())
    sha256 = await blobs.put_body(b"body")
    assert sha256 == hashlib.sha256(b"body").hexdigest()
    assert await blobs.get_body(sha256) == b"body"
    assert await blobs.put_body(b"body") == sha256


def test_a_folder_may_have_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "My Projects" / "100% 规"
    assert folder_of(folder.as_uri()) == folder


async def test_parsed_notices_stand_apart_from_bodies(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path.as_uri())
    sha256 = await blobs.put_parsed(b"{}")
    assert await blobs.get_parsed(sha256) == b"{}"
    with pytest.raises(BlobMissing):
        await blobs.get_body(sha256)


async def test_what_was_read_with_recognition_stands_apart(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path.as_uri())
    await blobs.put_content("a" * 64, 5, b"{}", ocr=False)
    assert await blobs.get_content("a" * 64, 5, ocr=False) == b"{}"
    for version, ocr in ((5, True), (6, False)):
        with pytest.raises(BlobMissing):
            await blobs.get_content("a" * 64, version, ocr=ocr)


async def test_a_sidecar_for_each_request(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path.as_uri())
    await blobs.put_sidecar("c" * 64, "r1", FETCHED)
    await blobs.put_sidecar("c" * 64, "r2", FETCHED)
    files = sorted(path.name.partition(".")[2] for path in tmp_path.rglob("*.json.zst"))
    assert files == ["r1.json.zst", "r2.json.zst"]
    # Another's, whose id begins alike, lies beside them.
    await blobs.put_sidecar("c" * 63 + "d", "r4", FETCHED)
    found = await blobs.get_sidecar("c" * 64, "r2")
    assert CaptureFetched.model_validate_json(found) == FETCHED
    assert len([found async for found in blobs.sidecars("c" * 64)]) == 2
    assert [found async for found in blobs.sidecars("d" * 64)] == []
    with pytest.raises(BlobMissing, match="r3"):
        await blobs.get_sidecar("c" * 64, "r3")


BODY = "e" * 3000


async def test_what_is_stored_is_compressed(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path.as_uri())
    large = os.urandom(300_000)
    names = [await blobs.put_body(each) for each in (b"", BODY.encode(), large)]
    assert [await blobs.get_body(name) for name in names] == [b"", BODY.encode(), large]
    (stored,) = tmp_path.rglob(f"{names[1]}.zst")
    assert stored.stat().st_size < 100
    assert zstandard.decompress(stored.read_bytes()) == BODY.encode()


async def test_what_an_earlier_version_stored_is_read_as_it_is(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path.as_uri())
    capture, sidecar = "c" * 64, FETCHED.model_dump_json(indent=1)
    body = hashlib.sha256(BODY.encode()).hexdigest()
    sentence = "f" * 64
    before = {
        f"bodies/{body[:2]}/{body[2:4]}/{body}": BODY,
        f"parsed/{body[:2]}/{body[2:4]}/{body}": BODY,
        f"captures/cc/{capture}/r1.json": sidecar,
        "endings/ab/abc.json": sidecar,
        f"sentences/ff/ff/{sentence}.json": "{}",
    }
    for path, text in before.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    assert await blobs.get_body(body) == await blobs.get_parsed(body) == BODY.encode()
    assert await blobs.has_body(body)
    assert await blobs.get_sidecar(capture, "r1") == sidecar.encode()
    assert await blobs.get_sentence(sentence) == b"{}"
    await blobs.put_sidecar(capture, "r2", FETCHED)
    assert len([found async for found in blobs.sidecars(capture)]) == 2
    assert len([one async for some in blobs.read_part("captures", 0xCC) for one in some]) == 2
    # What is stored again stands in place of what was there.
    await blobs.put_ending("abc", FETCHED)
    await blobs.put_sidecar(capture, "r1", FETCHED)
    assert len([one async for some in blobs.read_part("endings", 0xAB) for one in some]) == 1
    assert len([found async for found in blobs.sidecars(capture)]) == 2


async def test_a_damaged_sidecar_stops_none_of_the_others(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path.as_uri())
    for name in ("r1", "r2"):
        await blobs.put_sidecar("c" * 64, name, FETCHED)
    next(tmp_path.rglob("*.r1.json.zst")).write_bytes(b"x")
    found = [one async for some in blobs.read_part("captures", 0xCC) for one in some]
    assert sorted(map(bool, found)) == [False, True]


async def test_a_store_that_cannot_be_written_is_a_dependency_down(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path.as_uri())
    # A file stands where the folder of bodies would be.
    (tmp_path / "bodies").write_text("")
    with pytest.raises(DependencyDown, match="blob store"):
        await blobs.put_body(b"body")


@pytest.mark.parametrize("damaged_as", [b"", b"body", zstandard.compress(b"another")])
async def test_a_damaged_body_is_written_again(tmp_path: Path, damaged_as: bytes) -> None:
    blobs = Blobs(tmp_path.as_uri())
    sha256 = await blobs.put_body(b"body")
    (file,) = tmp_path.rglob(f"{sha256}.zst")
    file.write_bytes(damaged_as)
    with pytest.raises(BlobDamaged) as damaged:
        await blobs.get_body(sha256)
    assert damaged.value.reason == "blob damaged"
    await blobs.put_body(b"body")
    assert await blobs.get_body(sha256) == b"body"


async def test_a_full_disk_is_a_dependency_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    blobs = Blobs(tmp_path.as_uri())
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(DependencyDown, match="No space left"):
            await blobs.put_body(b"body")
    # Nothing half written stays in the way.
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert await blobs.get_body(await blobs.put_body(b"body")) == b"body"


async def test_what_is_put_is_on_the_disk_with_every_folder_above_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[str] = []
    fsync = os.fsync

    def seen(descriptor: int) -> None:
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        flushed.append(path.name.partition("#")[0])
        assert path.is_dir() or not path.with_name(flushed[-1]).exists()
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", seen)
    blobs = Blobs(tmp_path.as_uri())
    sha256 = await blobs.put_body(b"body")
    name = f"{sha256}.zst"
    assert flushed == [name, sha256[:2], "bodies", tmp_path.name]
    flushed.clear()
    (tmp_path / "bodies" / sha256[:2] / name).unlink()
    await blobs.put_body(b"body")
    assert flushed == [name, sha256[:2]]
    flushed.clear()
    (tmp_path / "bodies" / sha256[:2] / name).unlink()
    # Whoever made the folders may have died before they were flushed.
    await Blobs(tmp_path.as_uri()).put_body(b"body")
    assert flushed == [name, sha256[:2], "bodies", tmp_path.name]


async def test_files_of_one_moment_share_the_flushes_of_their_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[Path] = []
    fsync = os.fsync

    def seen(descriptor: int) -> None:
        flushed.append(Path(f"/proc/self/fd/{descriptor}").readlink())
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", seen)
    files = DurableFiles(tmp_path)
    names = [f"captures/ab/{n}" for n in range(100)]
    await asyncio.gather(*(files.write(name, name.encode()) for name in names))
    assert all((tmp_path / name).read_text() == name for name in names)
    folders = Counter(path for path in flushed if path.is_dir())
    assert folders[tmp_path / "captures" / "ab"] <= 4
    assert len(flushed) - folders.total() == 100


async def test_a_file_that_cannot_be_written_takes_none_of_its_moment_with_it(
    tmp_path: Path,
) -> None:
    (tmp_path / "7").write_text("a file where a folder would be")
    files = DurableFiles(tmp_path)
    ends = await asyncio.gather(
        *(files.write(f"{n}/file", b"data") for n in range(10)), return_exceptions=True
    )
    assert [n for n, end in enumerate(ends) if isinstance(end, OSError)] == [7]
    assert sorted(path.parent.name for path in tmp_path.rglob("*/file")) == list("012345689")
    assert not list(tmp_path.rglob("*#*"))


async def test_a_disk_that_does_not_take_it_is_a_dependency_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(DependencyDown, match="Input/output error"):
        await Blobs(tmp_path.as_uri()).put_body(b"body")


async def test_what_was_left_unfinished_long_ago_is_swept(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path.as_uri())
    sha256 = await blobs.put_body(b"body")
    (body,) = tmp_path.rglob(f"{sha256}*")
    old, new = (body.with_name(f"{body.name}#{n}") for n in (1, 2))
    for file in (old, new):
        file.write_bytes(b"body")
    for file in (old, body):
        os.utime(file, (0, 0))
    assert await blobs.sweep(3600) == 1
    assert sorted(body.parent.iterdir()) == [body, new]
