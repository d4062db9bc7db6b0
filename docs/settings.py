"""The README's table of settings, from the settings' own models: ``python -m docs.settings``."""

import re
from pathlib import Path

from pydantic_settings import BaseSettings

from deploy.init.settings import InitSettings
from services.cli.settings import CliSettings
from services.fetcher.settings import FetcherSettings
from services.indexer.settings import IndexerSettings
from services.parser.settings import ParserSettings
from services.translator.settings import TranslatorSettings
from shared.settings import PREFIX, RoleSettings, Settings

README = Path(__file__).parents[1] / "README.md"
_MARKED = re.compile(r"(?<=<!-- settings -->\n).*?(?=<!-- /settings -->)", re.DOTALL)

# Whose they are, in the order of the table; a setting is listed where it first comes up.
_MODELS: tuple[tuple[str, type[BaseSettings]], ...] = (
    ("all services", Settings),
    ("database", RoleSettings),
    ("command line", CliSettings),
    ("fetcher", FetcherSettings),
    ("parser", ParserSettings),
    ("indexer", IndexerSettings),
    ("translator", TranslatorSettings),
    ("init job", InitSettings),
)


def table() -> str:
    """The table in Markdown, with a line for every setting."""
    lines = ["| setting | default | for | meaning |", "|---|---|---|---|"]
    listed = set()
    for owner, model in _MODELS:
        for name, field in model.model_fields.items():
            if name in listed:
                continue
            listed.add(name)
            default = f"`{field.default}`" if field.default not in (None, "") else ""
            lines.append(
                f"| `{PREFIX}{name.upper()}` | {default} | {owner} | {field.description} |"
            )
    return "\n".join(lines) + "\n"


def with_table(readme: str) -> str:
    """The README with its table made anew."""
    return _MARKED.sub(lambda _: table(), readme)


if __name__ == "__main__":
    README.write_text(with_table(README.read_text()))
