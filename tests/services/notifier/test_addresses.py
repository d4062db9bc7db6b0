"""To which addresses a webhook may go, whatever way they are written."""

import pytest

from services.notifier.addresses import Allowed, NotAllowed

PRIVATE = [
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1",
    "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1",
    # An IPv4 address in an IPv6 one: mapped, NAT64, 6to4, Teredo.
    "::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::10.0.0.1", "2002:7f00:1::", "2002:a00:1::1", "2001:0:0:0:0:0:f5ff:fffe",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_public_is_refused(address: str) -> None:
    with pytest.raises(NotAllowed, match="MOFCOM_NOTIFY_PRIVATE_NETWORKS"):
        Allowed("").check(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_the_internet_is_allowed(address: str) -> None:
    Allowed("").check(address)


def test_a_network_can_be_allowed_and_no_other() -> None:
    allowed = Allowed("10.0.0.0/8, ::1")
    for address in ("10.1.2.3", "::ffff:10.1.2.3", "::1", "8.8.8.8"):
        allowed.check(address)
    for address in ("127.0.0.1", "192.168.1.1", "fe80::1"):
        with pytest.raises(NotAllowed):
            allowed.check(address)


def test_what_a_tunnel_leads_to_must_be_allowed_too() -> None:
    with pytest.raises(NotAllowed):
        Allowed("2001::/32").check("2001:0:0808:0808:0:0:f5ff:fffe")
    Allowed("2001::/32, 10.0.0.0/8").check("2001:0:0808:0808:0:0:f5ff:fffe")


def test_what_is_no_network_is_refused() -> None:
    with pytest.raises(ValueError, match=r"10\.0\.0\.1/8"):
        Allowed("10.0.0.1/8")
