"""What services say of themselves, on the page of the pipeline."""

import csv
import io

from fastapi import FastAPI
from fastapi.responses import JSONResponse, PlainTextResponse

from deploy.local.ports import any_port
from services.console.access import Login
from services.console.allowance import Allowance
from services.console.app import create_app
from services.console.database import Database
from testing.archive.server import serve
from tests.services.console.conftest import client_of

METRICS = """
mofcom_lag_messages{topic="capture.requested"} 7
mofcom_archive_budget_used{archive="archive",budget="captures"} 0.4
mofcom_archive_pause_seconds{archive="arquivo.pt"} 90
"""


def service(*problems: str) -> FastAPI:
    app = FastAPI()

    @app.get("/ready")
    async def ready() -> JSONResponse:
        return JSONResponse({"problems": problems}, 503 if problems else 200)

    @app.get("/metrics")
    async def metrics() -> PlainTextResponse:
        return PlainTextResponse(METRICS)

    return app


async def test_the_page_says_which_services_are_ready_and_what_they_wait_for(
    database: Database,
) -> None:
    with serve(service()) as ready, serve(service("kafka does not answer")) as waiting:
        services = {
            "fetcher": ready,
            "parser": waiting,
            "indexer": f"http://127.0.0.1:{any_port()}",
        }
        app = create_app(database, Login(), Allowance(100), services=services)
        async with app.router.lifespan_context(app), client_of(app) as client:
            html = (await client.get("/pipeline")).text
            table = (await client.get("/pipeline?table=services")).content.decode("utf-8-sig")
    lines = [line for line in html.splitlines() if 'data-heading="state"' in line][:3]
    for line, said in zip(lines, ("ready", "kafka does not answer", "silent"), strict=True):
        assert said in line
    assert 'data-heading="messages waiting">7<' in html
    assert '<meter min="0" max="1" value="0.4">' in html
    assert '<span class="status suspended">paused</span> 90 s' in html
    assert [(row["service"], row["silent"]) for row in csv.DictReader(io.StringIO(table))] == [
        ("fetcher", "False"),
        ("parser", "False"),
        ("indexer", "True"),
    ]
