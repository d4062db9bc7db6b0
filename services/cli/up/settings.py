"""Looks at the settings of all services and the init job before anything is started.

As a program it prints what `wrong_settings` finds: ``python -m services.cli.up.settings [watch] [bundled]``.
"""

import os
import sys
from typing import Any

from pydantic import ValidationError

from deploy.init.settings import InitSettings
from services.fetcher.settings import FetcherSettings
from services.indexer.settings import IndexerSettings
from services.parser.settings import ParserSettings
from services.translator.settings import TranslatorSettings
from shared.environment import PREFIX
from shared.settings import DatabaseSettings, Environment, KafkaSettings, wrong_lines

_ALL: tuple[type[Environment], ...] = (
    FetcherSettings,
    ParserSettings,
    IndexerSettings,
    TranslatorSettings,
    InitSettings,
)

_SERVERS = tuple(
    PREFIX + name.upper()
    for settings in (DatabaseSettings, KafkaSettings)
    for name in settings.model_fields
)
_OF_OTHER_SERVERS = (
    "{} names servers elsewhere, and `mofcom up` runs its own: leave it out, or run the services "
    "with Docker (docs/operating.md)"
)


def wrong_settings(*, watch: bool, bundled: bool) -> list[str]:
    """A line for each setting in the environment that a service or the init job would refuse.

    `watch` and `bundled` are those of `deploy.local.stack.Stack.start`. What it sets for the
    services itself is not looked at in the environment.
    """
    own: dict[str, Any] = {"http_port": 0}
    if not watch or not os.environ.get("MOFCOM_WATCH"):
        own["watch"] = watch
    if bundled:
        own |= {"archive_url": "http://127.0.0.1", "firefox_model_mirror": "none"}
    lines = [_OF_OTHER_SERVERS.format(name) for name in _SERVERS if os.environ.get(name)]
    for settings in _ALL:
        try:
            settings(**own)
        except ValidationError as error:
            lines += wrong_lines(error)
    # One that all services have is wrong in each of them.
    return list(dict.fromkeys(lines))


if __name__ == "__main__":
    for line in wrong_settings(watch="watch" in sys.argv, bundled="bundled" in sys.argv):
        print(line)
