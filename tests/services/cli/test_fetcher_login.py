"""Whatever is asked of a fetcher comes with its token, where one is given."""

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from services.cli.main import app
from testing.archive.server import serve


@pytest.mark.parametrize(
    "command",
    [("add", "http://www.mofcom.gov.cn/1.shtml"), ("add", "a.warc"), ("discover", "--dry-run")],
)
def test_the_token_is_sent(
    command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.warc").write_bytes(b"WARC/1.1\r\n")
    Path("token").write_text("secret\n")
    tokens = []

    async def refusing(scope: Any, receive: Any, send: Any) -> None:
        while (await receive()).get("more_body"):
            pass
        tokens.append(dict(scope["headers"]).get(b"authorization"))
        await send({"type": "http.response.start", "status": 400, "headers": []})
        await send({"type": "http.response.body", "body": b'{"detail": "no"}'})

    with serve(refusing) as url:
        environment = {
            "MOFCOM_SERVICE_URLS": f"fetcher={url}",
            "MOFCOM_FETCHER_TOKEN_FILE": "token",
        }
        CliRunner().invoke(app, command, env=environment)
    assert tokens == [b"Bearer secret"]
