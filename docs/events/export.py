"""Writes the JSON Schema of every event: ``python -m docs.events.export``."""

import json
from pathlib import Path

from shared import events

FOLDER = Path(__file__).parent


def schemas() -> dict[str, str]:
    """File name to text, one for each event type and major version."""
    models = sorted(events.Event.__subclasses__(), key=lambda model: model.TYPE)
    return {
        f"{model.TYPE}.v{model.SCHEMA.partition('.')[0]}.json": json.dumps(
            model.model_json_schema() | {"$id": f"urn:{model.TYPE}:{model.SCHEMA}"},
            indent=2,
            ensure_ascii=False,
        )
        + "\n"
        for model in models
    }


if __name__ == "__main__":
    for name, text in schemas().items():
        (FOLDER / name).write_text(text)
