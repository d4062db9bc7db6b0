"""Settings of the translator: which engines, and what is refused."""

from pathlib import Path

import pytest

from services.translator.settings import TranslatorSettings
from shared.settings import load


def settings(monkeypatch: pytest.MonkeyPatch, **values: str) -> TranslatorSettings:
    for name, value in values.items():
        monkeypatch.setenv(f"MOFCOM_{name}", value)
    return load(TranslatorSettings)


def test_nothing_set_means_firefox(monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings(monkeypatch).engine_names() == ("firefox",)


def test_an_address_is_enough_for_openai(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = settings(monkeypatch, OPENAI_BASE_URL="http://127.0.0.1:1/v1", OPENAI_MODEL="m")
    assert loaded.engine_names() == ("openai", "firefox")


def test_what_compose_hands_on_empty_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    names = (
        "TRANSLATE_ENGINES",
        "OPENAI_BASE_URL",
        "OPENAI_MODEL",
        "OPENAI_API_KEY_FILE",
        "FIREFOX_MODEL_MIRROR",
    )
    loaded = settings(monkeypatch, **dict.fromkeys(names, ""))
    assert loaded.engine_names() == ("firefox",)
    assert loaded.firefox_model_mirror.startswith("https://")
    assert loaded.openai_key() is None


def test_no_mirror_means_that_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings(monkeypatch, FIREFOX_MODEL_MIRROR="none").firefox_model_mirror == ""


def test_a_model_that_cannot_come_is_no_engine_unless_it_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """`mofcom up --bundled` fetches none: `mofcom status` must not wait for it."""
    folder = tmp_path / "models"
    away = {"FIREFOX_MODEL_MIRROR": "none", "FIREFOX_MODEL_DIR": str(folder)}
    assert settings(monkeypatch, **away).engine_names() == ()
    assert settings(monkeypatch, TRANSLATE_ENGINES="firefox").engine_names() == ("firefox",)
    monkeypatch.delenv("MOFCOM_TRANSLATE_ENGINES")
    # As the volume of a container is at first.
    folder.mkdir()
    assert settings(monkeypatch, **away).engine_names() == ()
    (folder / "vocab.zhen.spm").touch()
    assert settings(monkeypatch, **away).engine_names() == ("firefox",)


def test_rules_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings(monkeypatch, TRANSLATE_ENGINES="none").engine_names() == ()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"TRANSLATE_ENGINES": "google"}, "MOFCOM_TRANSLATE_ENGINES='google' is wrong"),
        ({"TRANSLATE_ENGINES": "openai"}, "needs MOFCOM_OPENAI_BASE_URL"),
        ({"OPENAI_BASE_URL": "http://127.0.0.1/v1"}, "MOFCOM_OPENAI_MODEL"),
        (
            {"STALL_SECONDS": "10"},
            "MOFCOM_STALL_SECONDS='10' is wrong: Input should be greater than 660",
        ),
        ({"OPENAI_API_KEY_FILE": "/not/there"}, "MOFCOM_OPENAI_API_KEY_FILE"),
        ({"FIREFOX_MODEL_MIRROR": "ftp://x"}, "MOFCOM_FIREFOX_MODEL_MIRROR"),
    ],
)
def test_a_wrong_one_is_named(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    values: dict[str, str],
    said: str,
) -> None:
    with pytest.raises(SystemExit):
        settings(monkeypatch, **values)
    assert said in capsys.readouterr().err


def test_the_key_comes_from_a_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("key") / "key"
    file.write_text("topsecret\n")
    loaded = settings(monkeypatch, OPENAI_API_KEY_FILE=str(file))
    assert loaded.openai_key() == "topsecret"
    assert "topsecret" not in repr(loaded)
