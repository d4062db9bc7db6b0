"""Which archive an address is asked of."""

from urllib.parse import urlsplit

from services.fetcher.addresses import Address
from services.fetcher.archive.pywb import Pywb
from services.fetcher.settings import FetcherSettings
from shared.archives import WAYBACK_MACHINE


def other_archive(settings: FetcherSettings) -> Pywb | None:
    """The archive that is asked beside the Wayback Machine, if any."""
    return Pywb(settings) if settings.archive_other_url else None


def archive_for(address: Address, settings: FetcherSettings) -> str:
    """The archive to ask for an address, as requests name it: the other one, if the address was given in an
    address of its host (https://arquivo.pt/noFrame/replay/2023/http://...).
    """
    other = other_archive(settings)
    if other is not None and address.host == urlsplit(other.url).hostname:
        return other.prefix
    return WAYBACK_MACHINE
