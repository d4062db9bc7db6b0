"""To which addresses a webhook may go."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TypeAlias

_Address: TypeAlias = IPv4Address | IPv6Address
# Translated to IPv4 by a gateway: https://www.rfc-editor.org/rfc/rfc6052, https://www.rfc-editor.org/rfc/rfc8215.
_NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))


class NotAllowed(OSError):
    """The address is none of the public internet's, nor of a network that is allowed."""


class Allowed:
    """The public internet, and networks such as ``10.0.0.0/8,127.0.0.1``. Raises ValueError for what is none."""

    def __init__(self, private_networks: str) -> None:
        self._networks = [
            ip_network(one.strip()) for one in private_networks.split(",") if one.strip()
        ]

    def check(self, address: str) -> None:
        """Raises NotAllowed for an address that must not be connected to."""
        for one in meant(ip_address(address)):
            if not (_is_public(one) or any(one in network for network in self._networks)):
                raise NotAllowed(
                    f"{address} is no public address: MOFCOM_NOTIFY_PRIVATE_NETWORKS may allow it"
                )


def meant(address: _Address) -> Sequence[_Address]:
    """The addresses at which packets to `address` may end: itself, or the IPv4 address in it.

    >>> meant(ip_address("::ffff:127.0.0.1"))
    [IPv4Address('127.0.0.1')]
    """
    if isinstance(address, IPv4Address):
        return [address]
    if address.ipv4_mapped is not None:
        return [address.ipv4_mapped]
    if any(address in network for network in _NAT64):
        return [IPv4Address(address.packed[-4:])]
    if address.sixtofour is not None:
        return [address, address.sixtofour]
    if address.teredo is not None:
        return [address, *address.teredo]
    return [address]


def _is_public(address: _Address) -> bool:
    return address.is_global and not address.is_multicast
