"""What takes long to find out."""

import asyncio

import pytest

from services.console.kept import Kept
from testing.clock import Clock


async def test_it_is_found_out_once_until_it_is_old() -> None:
    clock, asked = Clock(), 0

    async def find() -> int:
        nonlocal asked
        asked += 1
        await asyncio.sleep(0)
        return asked

    kept = Kept(find, 10, clock)
    assert list(await asyncio.gather(kept(), kept())) == [1, 1]
    clock.move(10)
    assert await kept() == 1
    clock.move(0.1)
    assert list(await asyncio.gather(kept(), kept())) == [2, 1]
    assert await kept() == 2


async def test_a_failure_is_not_kept() -> None:
    failures = [OSError("away"), None]

    async def find() -> bool:
        if error := failures.pop(0):
            raise error
        return True

    kept = Kept(find, 10, Clock())
    with pytest.raises(OSError, match="away"):
        await kept()
    assert await kept()
