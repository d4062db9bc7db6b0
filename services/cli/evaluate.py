"""`mofcom eval translation`: measures the engines of the settings."""

import asyncio
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deploy.local.connections import MODELS
from services.cli.fail import fail
from services.cli.settings import cli_settings

if TYPE_CHECKING:
    from rich.table import Table

    from services.translator.evaluation import Measured


def translation(
    file: Annotated[
        Path,
        typer.Argument(
            help="Lines of Chinese TAB English [TAB date].", exists=True, dir_okay=False
        ),
    ],
    wait: Annotated[
        float, typer.Option(help="Seconds to wait for an engine, the model's download with it.")
    ] = 30.0,
) -> None:
    """Measure translation engines on a file of pairs.

    Those of MOFCOM_TRANSLATE_ENGINES; by chrF, numbers, names and speed.
    """
    if find_spec("sacrebleu") is None:
        fail("chrF needs sacrebleu: pip install 'mofcom-notices[eval]'")
    from rich.console import Console

    from services.translator.engines.build import build_engines
    from services.translator.evaluation import EngineMissing, WrongFile, evaluate, read_pairs
    from services.translator.settings import TranslatorSettings
    from shared.settings import load

    settings = load(TranslatorSettings)
    local = cli_settings().data_dir / MODELS
    if "firefox_model_dir" not in settings.model_fields_set and local.is_dir():
        settings = settings.model_copy(update={"firefox_model_dir": local})
    try:
        pairs = read_pairs(file.read_text("utf-8"))
        engines = build_engines(settings)
    except (WrongFile, OSError, UnicodeDecodeError) as error:
        fail(f"{file}: {error}")
    if not engines:
        fail("no engine is chosen: MOFCOM_TRANSLATE_ENGINES names them")
    try:
        measured = asyncio.run(evaluate(engines, pairs, _chrf, wait))
    except EngineMissing as missing:
        fail(f"cannot measure {missing}")
    Console().print(_table(measured))


def _chrf(translations: Sequence[str], references: Sequence[str]) -> float:
    # An extra of the package: only this command needs it.
    from sacrebleu import corpus_chrf

    return float(corpus_chrf(list(translations), [list(references)]).score)


def _table(measured: Sequence["Measured"]) -> "Table":
    """A column for each engine: what is measured has names too long for a heading."""
    from rich.table import Table

    table = Table("")
    for one in measured:
        table.add_column(f"{one.engine} {one.version}", justify="right")
    rows: tuple[tuple[str, Callable[[Measured], str]], ...] = (
        ("sentences", lambda one: str(one.sentences)),
        ("chrF", lambda one: f"{one.chrf:.1f}"),
        ("numbers kept", lambda one: _percent(one.numbers_kept)),
        ("names kept", lambda one: _percent(one.names_kept)),
        ("passed all checks", lambda one: _percent(one.passed)),
        ("left in Chinese", lambda one: str(one.untranslated)),
        ("seconds", lambda one: f"{one.seconds:.1f}"),
        ("sentences a second", lambda one: f"{one.per_second:.1f}"),
    )
    for name, value in rows:
        table.add_row(name, *(value(one) for one in measured))
    return table


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.1f} %"
