"""`mofcom eval translation` and its measures."""

import asyncio
from pathlib import Path

import pytest
from sacrebleu import corpus_chrf
from typer import Typer
from typer.testing import CliRunner

from services.cli.evaluate import translation
from services.translator.engines.engine import Request
from services.translator.evaluation import EngineMissing, WrongFile, evaluate, read_pairs
from tests.services.translator.corpus import PAIRS
from tests.services.translator.fakes import Scripted

RUN = Typer()
RUN.command()(translation)
FILE = """# Chinese, English, date
同比增长23.9%。\tUp 23.9 percent year on year.\t2019
公安部、税务总局按职责分工负责。\tThe Ministry of Public Security and the State Taxation Administration are responsible.\t2021-07-26
各地要认真执行。\tAll localities shall carry this out in earnest.
"""


def chrf(translations: list[str], references: list[str]) -> float:
    return float(corpus_chrf(translations, [references]).score)


def test_pairs_are_read() -> None:
    pairs = read_pairs(FILE)
    assert [str(pair.on) for pair in pairs] == ["2019-12-31", "2021-07-26", "None"]
    assert pairs[0].english == "Up 23.9 percent year on year."


@pytest.mark.parametrize(
    ("text", "why"),
    [("", "no pair"), ("中文", "line 1"), ("# x\n中\tEnglish\tnever", "line 2: 'never'")],
)
def test_a_wrong_file_names_its_line(text: str, why: str) -> None:
    with pytest.raises(WrongFile, match=why):
        read_pairs(text)


async def test_measures_are_of_what_they_say() -> None:
    pairs = read_pairs(FILE)
    answers = {pair.chinese: pair.english for pair in pairs}
    (perfect,) = await evaluate([Scripted(lambda one: answers[one.text])], pairs, chrf, 1)  # type: ignore[arg-type]
    assert perfect.chrf == pytest.approx(100)
    assert (perfect.numbers_kept, perfect.names_kept, perfect.passed) == (1.0, 1.0, 1.0)
    assert perfect.untranslated == 0

    def bad(one: Request) -> str:
        return answers[one.text].replace("23.9", "29.3").replace("State Taxation", "Tax")

    (wrong,) = await evaluate([Scripted(bad)], pairs, chrf, 1)  # type: ignore[arg-type]
    assert (wrong.numbers_kept, wrong.names_kept) == (0.0, 0.0)
    assert wrong.passed == pytest.approx(1 / 3)
    assert wrong.chrf < perfect.chrf

    (silent,) = await evaluate([Scripted(lambda _: "")], pairs, chrf, 1)  # type: ignore[arg-type]
    assert silent.untranslated == 3
    assert silent.chrf == 0


async def test_an_engine_that_is_not_there_is_named() -> None:
    with pytest.raises(EngineMissing, match="firefox: no model"):
        await evaluate(
            [Scripted(str, "firefox", down="no model")],
            read_pairs(FILE),
            chrf,  # type: ignore[arg-type]
            wait_seconds=0,
        )


async def test_an_engine_that_is_starting_is_waited_for() -> None:
    class Starting(Scripted):
        async def started(self) -> None:
            self.down = None

    engine = Starting(lambda one: one.text, down="the model is being looked for")
    (measured,) = await evaluate([engine], read_pairs(FILE), chrf, wait_seconds=10)  # type: ignore[arg-type]
    assert measured.engine == "scripted"


async def test_an_engine_is_waited_for_no_longer_than_asked() -> None:
    class Starting(Scripted):
        async def started(self) -> None:
            await asyncio.Event().wait()

    with pytest.raises(EngineMissing, match="being looked for"):
        await evaluate(
            [Starting(str, down="the model is being looked for")],
            read_pairs(FILE),
            chrf,  # type: ignore[arg-type]
            wait_seconds=0.01,
        )


def test_the_command_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOFCOM_FIREFOX_MODEL_MIRROR", "none")
    monkeypatch.setenv("MOFCOM_FIREFOX_MODEL_DIR", str(tmp_path))
    file = tmp_path / "pairs.tsv"
    file.write_text(FILE)
    result = CliRunner().invoke(RUN, [str(file)])
    assert result.exit_code == 1
    assert "cannot measure firefox" in result.output
    file.write_text("nothing")
    assert "line 1" in CliRunner().invoke(RUN, [str(file)]).output


def test_the_projects_own_pairs_can_be_measured() -> None:
    text = (Path(__file__).parent / "pairs.tsv").read_text("utf-8")
    assert len(read_pairs(text)) == len(PAIRS)
