"""docs/settings.md lists every setting as it is, and a wrong name is noticed."""

from docs.settings import NAMES, PAGE, names, settings, with_tables
from shared.environment import PREFIX, unknown_variables


def test_the_tables_list_every_setting() -> None:
    page = PAGE.read_text()
    assert page == with_tables(page), "run `python -m docs.settings`"
    assert page.count("| `MOFCOM_") > 40


def test_the_list_of_names_is_that_of_the_settings() -> None:
    assert NAMES.read_text() == names(), "run `python -m docs.settings`"


# What the names of each owner's settings begin with.
PREFIXES = {
    "command line": ("DATA_", "DATABASE_", "FETCHER_", "SEEDS_", "SERVICE_"),
    "all services": ("BLOB_", "HTTP_", "KAFKA_", "LOG_", "PASSWORDS_", "STALL_"),
    "database": ("DATABASE_", "PASSWORDS_"),
    "fetcher": ("ARCHIVE_", "FETCH_", "FETCHER_", "SAVE_", "WATCH"),
    "parser": ("PARSE_",),
    "indexer": ("KAFKA_RETENTION_",),
    "translator": ("FIREFOX_", "OPENAI_", "TRANSLATE_"),
    "console": ("CONSOLE_",),
    "notifier": ("NOTIFY_",),
    "init job": ("KAFKA_",),
}


def test_a_name_says_what_it_belongs_to() -> None:
    for one in settings():
        assert one.name.removeprefix(PREFIX).startswith(PREFIXES[one.owner]), one.name


def test_settings_stay_few() -> None:
    assert len(settings()) <= 57


def test_an_unknown_variable_is_named_with_the_nearest_known() -> None:
    given = ["HOME", "MOFCOM_WATCH", "MOFCOM_WACTH_SINCE", "MOFCOM_X"]
    assert unknown_variables(given) == [
        "MOFCOM_WACTH_SINCE is not a setting and has no effect; did you mean MOFCOM_WATCH_SINCE?",
        "MOFCOM_X is not a setting and has no effect; docs/settings.md lists all",
    ]
