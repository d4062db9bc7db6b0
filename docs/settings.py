"""The tables of settings, from the settings' own models: ``python -m docs.settings``.

It writes both tables of settings.md, the list of names by which a program knows a wrong one, and the schema
of the chart's values.
"""

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import NamedTuple

from deploy.init.settings import InitSettings
from services.cli.settings import CliSettings
from services.console.settings import ConsoleSettings
from services.fetcher.settings import FetcherSettings
from services.indexer.settings import IndexerSettings
from services.notifier.settings import NotifierSettings
from services.parser.settings import ParserSettings
from services.translator.settings import TranslatorSettings
from shared.environment import PREFIX
from shared.settings import Environment, RoleSettings, Settings, is_constant, is_tuning

PAGE = Path(__file__).with_name("settings.md")
NAMES = Path(__file__).parents[1] / "shared" / "setting_names.txt"
_COMPOSE = Path(__file__).parents[1] / "docker-compose.yml"
_TLS = Path(__file__).parents[1] / "deploy" / "docker" / "tls.yml"

_COMMAND_LINE = "command line"
# Whose they are, in the order of the tables; a setting is listed where it first comes up.
_MODELS: tuple[tuple[str, type[Environment]], ...] = (
    ("all services", Settings),
    ("database", RoleSettings),
    ("fetcher", FetcherSettings),
    ("parser", ParserSettings),
    ("indexer", IndexerSettings),
    ("translator", TranslatorSettings),
    ("console", ConsoleSettings),
    ("notifier", NotifierSettings),
    ("init job", InitSettings),
)


class Setting(NamedTuple):
    """A line of a table."""

    name: str
    default: object
    owner: str
    description: str
    tuning: bool = False
    # Services that read what the command line reads.
    also: tuple[str, ...] = ()

    def __str__(self) -> str:
        default = f"`{_plain(self.default)}`" if self.default not in (None, "") else ""
        readers = ", ".join((self.owner, *self.also))
        return f"| `{self.name}` | {default} | {readers} | {self.description} |"


def settings() -> list[Setting]:
    """Every setting once, in the order of the tables."""
    listed = {setting.name: setting for setting in _of_the_command_line()}
    for setting in _of_the_services():
        first = listed.setdefault(setting.name, setting)
        if first.owner == _COMMAND_LINE:
            listed[setting.name] = first._replace(also=(*first.also, setting.owner))
    return list(listed.values())


def with_tables(page: str) -> str:
    """The page with both tables generated anew."""
    for kind, tuned in (("settings", False), ("tuning", True)):
        lines = ["| setting | default | read by | meaning |", "|---|---|---|---|"]
        lines += [str(setting) for setting in settings() if setting.tuning == tuned]
        table = "\n".join(lines) + "\n"
        before, _, rest = page.partition(f"<!-- {kind} -->\n")
        page = f"{before}<!-- {kind} -->\n{table}{rest[rest.index(f'<!-- /{kind} -->') :]}"
    return page


def names() -> str:
    """All names of variables, those that only compose reads among them, one a line."""
    compose = re.findall(rf"\$\{{({PREFIX}\w+)", _COMPOSE.read_text() + _TLS.read_text())
    return "".join(f"{name}\n" for name in sorted({*compose, *(one.name for one in settings())}))


def _of_the_command_line() -> Iterator[Setting]:
    for one in fields(CliSettings):
        name = PREFIX + one.name.upper()
        yield Setting(name, one.default, _COMMAND_LINE, one.metadata["description"])


def _of_the_services() -> Iterator[Setting]:
    for owner, model in _MODELS:
        for name, field in model.model_fields.items():
            if not is_constant(field):
                name = PREFIX + name.upper()
                description = str(field.description)
                yield Setting(name, field.default, owner, description, is_tuning(field))


def _plain(default: object) -> object:
    """A default as it is written in the environment."""
    if isinstance(default, bool):
        return str(default).lower()
    return int(default) if isinstance(default, float) and default.is_integer() else default


if __name__ == "__main__":
    PAGE.write_text(with_tables(PAGE.read_text()))
    NAMES.write_text(names())
    # Not at the top: it reads the settings from here.
    from docs.chart import SCHEMA, schema

    SCHEMA.write_text(schema())
