"""Printed names of the countries, regions and unions that the ministry's measures are about."""

from shared.chinese.lexicon import PLACES as _ALL
from shared.chinese.lexicon import Forms

_ABROAD = _ALL.of("country", "territory", "region", "bloc")
PLACES = Forms(_ABROAD.names)
# One of them, as a part of a pattern.
PLACE = _ABROAD.pattern
# What the other side is called: 美方, 欧方.
OTHER_SIDE = "[美欧日韩加英德法俄澳印墨荷立台]方"


def full_name(printed: str) -> str:
    """The one name of a place by any that is printed, 印度尼西亚 for 印尼; another word as it is."""
    return PLACES.names.get(printed, printed)
