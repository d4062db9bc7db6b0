"""Dead letters are replayed with a token that operates, and by nobody else."""

import hashlib
from collections.abc import AsyncIterator, Sequence

import asyncpg
import httpx
import pytest

from services.console.access import Login
from services.console.allowance import Allowance
from services.console.app import create_app
from services.console.database import Database
from shared.dead_letters.letters import Letter
from shared.errors import DependencyDown, InvalidEvent
from shared.tokens import Token
from shared.topics import CAPTURE_FETCHED
from testing.indexer.events import dead
from testing.servers import as_role
from testing.waiting import LIMIT_SECONDS
from tests.database.conftest import Write
from tests.services.console.conftest import HOST, client_of

LOGIN = Login(
    {
        hashlib.sha256(name.encode()).hexdigest(): Token(name, operates=name == "bob")
        for name in ("ann", "bob")
    }
)
REASON = {"reason": "unexpected error"}


class Sent(list[str]):
    """Positions of letters that were sent, or what keeps them from being."""

    problem: Exception | None = None

    async def replay(self, letters: Sequence[Letter]) -> dict[str, int]:
        if self.problem:
            raise self.problem
        self += [letter.position for letter in letters]
        return {"replayed": len(letters)}


@pytest.fixture
def sent() -> Sent:
    return Sent()


@pytest.fixture
async def client(
    database_url: str, connection: asyncpg.Connection, write: Write, sent: Sent
) -> AsyncIterator[httpx.AsyncClient]:
    await write([dead(CAPTURE_FETCHED, 1), dead(CAPTURE_FETCHED, 2, reason="too slow")])
    database = Database(as_role(database_url, "analyst"), 2, LIMIT_SECONDS)
    app = create_app(database, LOGIN, Allowance(10_000), replay=sent.replay)
    async with app.router.lifespan_context(app), client_of(app) as client:
        yield client


def as_who(name: str, **headers: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {name}", **headers}


async def test_an_operator_sends_them_again(client: httpx.AsyncClient, sent: Sent) -> None:
    page = (await client.get("/pipeline", headers=as_who("bob"))).text
    assert page.count('action="/pipeline/replay"') == 2
    own = as_who("bob", Origin=HOST)
    answer = await client.post("/pipeline/replay", data=REASON, headers=own)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/pipeline?replayed=1#dead-letters"
    assert sent == ["capture.fetched/0/1"]


async def test_nobody_else_does(client: httpx.AsyncClient, sent: Sent) -> None:
    for headers, status in (
        (as_who("ann"), 403),
        (as_who("eve"), 401),
        ({}, 401),
        (as_who("bob", Origin="https://evil.example"), 403),
        (as_who("bob", **{"Sec-Fetch-Site": "cross-site"}), 403),
    ):
        answer = await client.post("/pipeline/replay", data=REASON, headers=headers)
        assert answer.status_code == status, headers
    assert "/pipeline/replay" not in (await client.get("/pipeline", headers=as_who("ann"))).text
    assert (await client.get("/pipeline/replay", headers=as_who("bob"))).status_code == 405
    assert (await client.post("/pipeline/replay", headers=as_who("bob"))).status_code == 400
    assert sent == []


@pytest.mark.parametrize(
    ("problem", "status"),
    [(InvalidEvent("of a newer version"), 409), (DependencyDown("kafka", "no broker"), 503)],
)
async def test_what_keeps_them_is_said(
    client: httpx.AsyncClient, sent: Sent, problem: Exception, status: int
) -> None:
    sent.problem = problem
    answer = await client.post("/pipeline/replay", data=REASON, headers=as_who("bob"))
    assert answer.status_code == status
    assert str(problem) in answer.json()["detail"]
