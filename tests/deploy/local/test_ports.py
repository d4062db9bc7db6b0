import socket

import pytest

from deploy.local.ports import HOST, any_port, claimed_ports


def claimed(preferred: int) -> int:
    with claimed_ports([preferred]) as (port,):
        return port


def test_a_free_port_is_taken_as_it_is() -> None:
    port = any_port()
    assert claimed(port) == port


@pytest.mark.parametrize("address", [HOST, "0.0.0.0"])
def test_for_a_port_in_use_a_later_one_is_taken(address: str) -> None:
    with socket.create_server((address, 0)) as server:
        port = server.getsockname()[1]
        assert claimed(port) > port


def test_a_port_already_chosen_is_not_chosen_again() -> None:
    port = any_port()
    with claimed_ports([port, port]) as (first, second):
        assert port <= first < second


def test_another_that_starts_at_the_same_time_is_given_another_port() -> None:
    port = any_port()
    with claimed_ports([port]) as (first,):
        assert claimed(port) > first
    assert claimed(port) == first


def test_a_port_with_connections_of_the_last_run_still_closing_is_free() -> None:
    with socket.create_server((HOST, 0)) as server:
        port = server.getsockname()[1]
        client = socket.create_connection((HOST, port))
        accepted, _ = server.accept()
        # The side that closes first keeps the port in TIME_WAIT.
        accepted.close()
        client.close()
    assert claimed(port) == port


def test_no_free_port_is_reported() -> None:
    with (
        pytest.raises(OSError, match="no port from 65535 upward"),
        claimed_ports([65535, 65535]),
    ):
        raise AssertionError


def test_any_port_is_a_free_one() -> None:
    with socket.create_server((HOST, any_port() + 1)) as server:
        assert any_port() != server.getsockname()[1]
