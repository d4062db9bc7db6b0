"""Old events stay readable, and the published schemas are those of the models."""

from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from docs.events.export import FOLDER, schemas
from shared.events import Event
from shared.notice import DutyRate
from tests.shared.samples import ADDRESS, EVENTS, REQUEST

SAMPLES = Path(__file__).parent / "old_events"


def test_the_schemas_are_exported() -> None:
    exported = {file.name: file.read_text() for file in FOLDER.glob("*.json")}
    assert exported == schemas(), "the models changed: run `make schemas` and read the diff"


@pytest.mark.parametrize("model", Event.__subclasses__(), ids=lambda model: model.TYPE)
def test_old_samples_are_read(model: type[Event]) -> None:
    """Samples are added, never changed: each was once on a topic that keeps everything."""
    samples = sorted(SAMPLES.glob(f"{model.TYPE}.*.json"))
    assert samples, f"no sample of {model.TYPE} in {SAMPLES}"
    for sample in samples:
        event = model.model_validate_json(sample.read_bytes())
        assert event.id
        assert event.key


def test_there_is_a_sample_of_every_event() -> None:
    assert {type(event) for event in EVENTS} == set(Event.__subclasses__())


def test_ids_are_of_the_thing_not_of_the_sending() -> None:
    for event in EVENTS:
        assert type(event).model_validate_json(event.model_dump_json()).id == event.id
    assert len({event.id for event in EVENTS}) == len(EVENTS)


@pytest.mark.parametrize("attempt", [0, -1, 1_000_001, 20200230054024])
def test_a_forged_number_of_an_attempt_is_refused(attempt: int) -> None:
    for asked in (REQUEST, ADDRESS):
        text = asked.model_copy(update={"attempt": attempt}).model_dump_json()
        with pytest.raises(ValidationError, match="attempt"):
            type(asked).model_validate_json(text)


def test_the_last_day_of_a_duty_is_read_from_old_events_too() -> None:
    old = {"product": "己内酰胺", "rate": 3.6, "until": "2024-04-19"}
    assert DutyRate.model_validate(old).last_day == date(2024, 4, 19)
    assert DutyRate(product="己内酰胺", rate=3.6, last_day=date(2024, 4, 19)).last_day
