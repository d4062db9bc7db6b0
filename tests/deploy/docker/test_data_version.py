from pathlib import Path

import pytest

from deploy.docker.data_version import main, other_version


def put(folder: Path, version: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "PG_VERSION").write_text(f"{version}\n")


def test_an_empty_volume_and_one_of_this_version_are_fine(tmp_path: Path) -> None:
    assert other_version(tmp_path, "18") is None
    put(tmp_path / "17" / "docker", "17")
    assert other_version(tmp_path, "18") == "17"
    put(tmp_path / "18" / "docker", "18")
    main(str(tmp_path), "18")


@pytest.mark.parametrize("folder", [".", "data", "17/docker"])
def test_another_version_stops_with_what_to_run(tmp_path: Path, folder: str) -> None:
    put(tmp_path / folder, "17")
    with pytest.raises(SystemExit, match="docker compose run --rm cli backup"):
        main(str(tmp_path), "18")
