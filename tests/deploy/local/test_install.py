import hashlib
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import stamina
import trustme
from jgo.config import GlobalSettings
from jgo.env import LockedDependency, LockFile
from jgo.maven import MavenContext

from deploy.local import install, jars
from deploy.local.install import COORDINATES, WrongChecksum, download
from deploy.local.jars import FOLDER, KAFKA_VERSION, LOCK, class_path
from deploy.local.ports import HOST


def cached(maven: MavenContext, content: bytes) -> Path:
    jar = Path(maven.repo_cache, "org", "example", "thing", "1.0", "thing-1.0.jar")
    jar.parent.mkdir(parents=True)
    jar.write_bytes(content)
    return jar


def test_a_jar_with_other_bytes_is_refused_and_not_kept(tmp_path: Path) -> None:
    maven = MavenContext(repo_cache=tmp_path, offline=True)
    jar = cached(maven, b"something else")
    wanted = LockedDependency(
        "org.example", "thing", "1.0", sha256=hashlib.sha256(b"a jar").hexdigest()
    )
    with (
        stamina.set_testing(True, attempts=1),
        pytest.raises(WrongChecksum, match=r"thing-1\.0\.jar"),
    ):
        download(maven, wanted)
    assert not jar.exists()
    jar.write_bytes(b"a jar")
    assert download(maven, wanted) == jar


class Repository(HTTPServer):
    """Behind a certificate that nobody here trusts; counts who comes."""

    def __init__(self) -> None:
        super().__init__((HOST, 0), BaseHTTPRequestHandler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        trustme.CA().issue_cert(HOST).configure_cert(context)
        self.socket = context.wrap_socket(self.socket, server_side=True)
        self.connections = 0

    def get_request(self) -> Any:
        self.connections += 1
        return super().get_request()


@pytest.fixture
def repository() -> Iterator[Repository]:
    with Repository() as repository:
        threading.Thread(target=repository.serve_forever, daemon=True).start()
        yield repository
        repository.shutdown()


def test_a_certificate_that_is_not_trusted_stops_it_at_once_with_one_line(
    tmp_path: Path,
    repository: Repository,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(install, "FOLDER", tmp_path / "kafka")
    monkeypatch.setattr(install, "installed", lambda: False)
    monkeypatch.setattr(install, "_AT_ONCE", 1)
    settings = GlobalSettings(repositories={"own": f"https://{HOST}:{repository.server_port}"})
    monkeypatch.setattr(GlobalSettings, "load", lambda: settings)
    assert install.main([]) == 1
    # Jars that were not under way are not asked for.
    assert 0 < repository.connections < len(LockFile.load(LOCK).dependencies)
    captured = capsys.readouterr()
    assert captured.out.splitlines() == [f"downloading Apache Kafka {KAFKA_VERSION} (45 MB)"]
    (line,) = captured.err.splitlines()
    assert "REQUESTS_CA_BUNDLE" in line


def test_the_lock_file_names_what_is_asked_for_one_version_of_each_and_no_host() -> None:
    locked = LockFile.load(LOCK).dependencies
    versions = {f"{one.groupId}:{one.artifactId}": one.version for one in locked}
    assert len(versions) == len(locked)
    for coordinate in COORDINATES:
        name, _, version = coordinate.rstrip("!").rpartition(":")
        assert versions[name] == version
    # The broker and the client library inside it come from one release.
    kafka = {version for name, version in versions.items() if name.startswith("org.apache.kafka:")}
    assert len(kafka) == 1
    assert all(one.sha256 and len(one.sha256) == 64 for one in locked)
    assert "://" not in LOCK.read_text()


def test_jars_of_another_lock_file_count_as_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / LOCK.name
    other.write_text("of another version")
    monkeypatch.setattr(jars, "STAMP", other)
    with pytest.raises(jars.JarsMissing, match="run `make setup`"):
        class_path()


def test_what_is_installed_is_what_the_lock_file_names() -> None:
    assert class_path() == f"{FOLDER}/*"
    locked = {one.sha256 for one in LockFile.load(LOCK).dependencies}
    assert {hashlib.sha256(jar.read_bytes()).hexdigest() for jar in FOLDER.glob("*.jar")} == locked
