"""Only the archive of the settings is ever contacted, whatever is asked or answered."""

import socket
from asyncio.selector_events import BaseSelectorEventLoop
from typing import Any

import pytest

from services.fetcher.addresses import NotAnAddress, parse_address
from services.fetcher.archive.answers import Asked
from services.fetcher.archive.pace import Priority
from services.fetcher.archive.playback import Player
from services.fetcher.watch.watch_list import BadWatchList, parse_watch_list
from testing.archive.faults import Fault, Wire, redirect_to
from testing.fetcher.pages import AT, PAGE, STAMP
from testing.fetcher.stage import Stage

# Loopback, link-local, IPv6, numbers that are addresses, users before the host, names that begin
# or end like the right one.
ELSEWHERE = [
    "http://127.0.0.1:22/",
    "http://127.1/",
    "http://localhost/",
    "http://0.0.0.0/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[fe80::1%25eth0]/",
    "http://169.254.169.254/latest/meta-data/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://017700000001/",
    "http://www.mofcom.gov.cn@127.0.0.1/",
    "http://127.0.0.1\\@www.mofcom.gov.cn/",
    "http://www.mofcom.gov.cn.evil.com/",
    "http://evilmofcom.gov.cn/",
    "http://www.mofcom.gov.cn#@127.0.0.1:22/",
    "//127.0.0.1:22/",
    "gopher://127.0.0.1:22/",
]
# Names of the right site, which whoever holds its DNS may let point anywhere.
REBOUND = ["http://127.0.0.1.mofcom.gov.cn/", "http://rebind.mofcom.gov.cn:22/"]


@pytest.fixture
def contacted(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, Any]]:
    """Every host and port that a connection is made to, or a name that is looked up."""
    seen: list[tuple[Any, Any]] = []
    connect, assign_paused = BaseSelectorEventLoop.sock_connect, socket.getaddrinfo

    async def connecting(loop: Any, sock: socket.socket, address: Any) -> None:
        seen.append(address[:2])
        await connect(loop, sock, address)

    def looking_up(host: Any, port: Any, *more: Any, **named: Any) -> Any:
        seen.append((host, port))
        return assign_paused(host, port, *more, **named)

    monkeypatch.setattr(BaseSelectorEventLoop, "sock_connect", connecting)
    monkeypatch.setattr(socket, "getaddrinfo", looking_up)
    return seen


def leads_to(location: str, *, archived: bool) -> Fault:
    """A redirect of the archive itself, or one as captured, once."""

    def fault(honest: Any, request: Any) -> Wire:
        moved = redirect_to(honest, location)
        kept = tuple(h for h in moved.headers if archived or h[0] != "memento-datetime")
        return Wire(moved.__class__(302, kept))

    return fault


@pytest.mark.parametrize("archived", [True, False])
@pytest.mark.parametrize("location", [*ELSEWHERE, *REBOUND])
async def test_a_redirect_leads_nowhere_else(
    stage: Stage, contacted: list[tuple[Any, Any]], location: str, archived: bool
) -> None:
    stage.faults.script(leads_to(location, archived=archived), times=1)
    home = ("127.0.0.1", int(stage.url.rpartition(":")[2]))
    async with stage.client() as client:
        await Player(client, 10**6).play(Asked(PAGE, STAMP), AT, Priority.LIVE)
    assert {(host, int(port)) for host, port in contacted} == {home}
    assert all(target.startswith("/web/") for target in stage.targets)


@pytest.mark.parametrize("url", REBOUND)
async def test_an_original_is_a_name_in_a_path_never_looked_up(
    stage: Stage, contacted: list[tuple[Any, Any]], url: str
) -> None:
    address = parse_address(url)
    async with stage.client() as client:
        await Player(client, 10**6).play(Asked(address.url, None), AT, Priority.LIVE)
    assert {host for host, _ in contacted} == {"127.0.0.1"}
    assert {int(port) for _, port in contacted} == {int(stage.url.rpartition(":")[2])}


@pytest.mark.parametrize("text", [t for t in ELSEWHERE if "cn#@" not in t])
def test_no_such_address_is_taken_from_anybody(text: str) -> None:
    for form in (text, f"{text}*", f"2020/{text}"):
        with pytest.raises(NotAnAddress):
            parse_address(form)
    with pytest.raises(BadWatchList):
        parse_watch_list(f"hosts = ['{text}']")


def test_the_fragment_is_dropped() -> None:
    assert parse_address("http://www.mofcom.gov.cn#@127.0.0.1:22/").url == (
        "http://www.mofcom.gov.cn"
    )
