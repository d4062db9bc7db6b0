"""Looks at the settings of all services and the init job before anything is started.

As a program it prints what `wrong_settings` finds: ``python -m services.cli.up.settings [watch] [bundled]``.
"""

import os
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from deploy.init.settings import InitSettings
from services.console.settings import ConsoleSettings
from services.fetcher.settings import FetcherSettings
from services.indexer.settings import IndexerSettings
from services.notifier.settings import NotifierSettings
from services.parser.settings import ParserSettings
from services.translator.settings import TranslatorSettings
from shared.environment import PREFIX
from shared.settings import DatabaseSettings, Environment, KafkaSettings, wrong_lines

_ALL: tuple[type[Environment], ...] = (
    FetcherSettings,
    ParserSettings,
    IndexerSettings,
    TranslatorSettings,
    ConsoleSettings,
    NotifierSettings,
    InitSettings,
)

# Those that name a server, and what else is set of one: `mofcom up` starts its own in place of one that is not
# named.
_SERVERS = {
    "MOFCOM_DATABASE_URL": tuple(DatabaseSettings.model_fields),
    "MOFCOM_KAFKA_BOOTSTRAP_SERVERS": tuple(KafkaSettings.model_fields),
}
_OF_ANOTHER_SERVER = "{} is of a server elsewhere, and `mofcom up` runs its own: leave it out, or name the other one by {}"


def _without_server(environment: Mapping[str, str]) -> Iterator[str]:
    """A line for each setting of a server that none of them names."""
    named = {name for name in _SERVERS if environment.get(name)}
    used = {PREFIX + field.upper() for name in named for field in _SERVERS[name]}
    for name, fields in _SERVERS.items():
        for one in (PREFIX + field.upper() for field in fields):
            if environment.get(one) and one not in used:
                yield _OF_ANOTHER_SERVER.format(one, name)


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
    lines = list(_without_server(os.environ))
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
