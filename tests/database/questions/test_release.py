"""`mofcom release` on the bundled pages: what is in the folder, and what its root depends on."""

import csv
import hashlib
import json
import re
from pathlib import Path

import asyncpg
import pyarrow.parquet as pq

from tests.database.questions.conftest import Mofcom


def root_of(mofcom: Mofcom, name: str) -> str:
    made = mofcom("release", "make", name)
    assert made.returncode == 0, made.stderr
    found = re.fullmatch(rf"{name}: root ([0-9a-f]{{64}})\n", made.stdout)
    assert found, made.stdout
    return found[1]


async def test_a_release_has_every_view_and_holds(
    mofcom: Mofcom, bundled: asyncpg.Connection, tmp_path: Path
) -> None:
    root = root_of(mofcom, "one")
    folder = tmp_path / "one"
    assert mofcom("release", "verify", "one").stdout == "one holds\n"
    views = await bundled.fetch("SELECT viewname FROM pg_views WHERE schemaname = 'public'")
    names = sorted(row["viewname"] for row in views)
    assert sorted(path.stem for path in (folder / "csv").iterdir()) == names
    assert sorted(path.stem for path in (folder / "parquet").iterdir()) == names
    rows = await bundled.fetchval("SELECT count(*) FROM notices")
    assert pq.read_table(folder / "parquet" / "notices.parquet").num_rows == rows > 0
    package = json.loads((folder / "datapackage.json").read_text())
    assert package["mofcom"]["merkle_root"] == root
    (notices,) = (one for one in package["resources"] if one["name"] == "notices")
    data = (folder / notices["path"]).read_bytes()
    assert notices["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
    fields = notices["schema"]["fields"]
    header = next(csv.reader(data.decode("utf-8-sig").splitlines()))
    assert [field["name"] for field in fields] == header
    assert next(one["type"] for one in fields if one["name"] == "issued_on") == "date"
    assert "### notices\n" in (folder / "schema.md").read_text()
    leaves = list(csv.DictReader((folder / "merkle.csv").open()))
    bodies = await bundled.fetch("SELECT DISTINCT body_sha256 FROM captures")
    assert {row["body_sha256"] for row in leaves} == {row["body_sha256"] for row in bodies}


async def test_the_root_is_of_what_was_read_and_not_of_the_machine(
    mofcom: Mofcom, bundled: asyncpg.Connection, tmp_path: Path
) -> None:
    first = root_of(mofcom, "first")
    await bundled.execute("UPDATE ingest.notice SET changed_at = changed_at + INTERVAL '1 day'")
    await bundled.execute("UPDATE ingest.reading SET parsed_at = parsed_at + INTERVAL '1 day'")
    await bundled.execute("UPDATE ingest.capture SET fetched_at = fetched_at + INTERVAL '1 day'")
    assert root_of(mofcom, "later") == first
    # What is in force is another thing at another time.
    database = await bundled.fetchval("SELECT current_database()")
    statuses = []
    for day in ("2020-01-01", "2026-12-31"):
        await bundled.execute(f"ALTER DATABASE {database} SET mofcom.at = '{day}'")
        assert root_of(mofcom, f"at-{day}") == first
        rows = csv.DictReader(
            (tmp_path / f"at-{day}/csv/regulated_items.csv").open("r", -1, "utf-8-sig")
        )
        statuses.append({row["status"] for row in rows})
    assert statuses[0] != statuses[1]
    body = await bundled.fetchval(
        "UPDATE ingest.listed_entity SET name_latin = 'Else' WHERE ctid = "
        "(SELECT min(ctid) FROM ingest.listed_entity) RETURNING "
        "(SELECT body_sha256 FROM pages JOIN captures USING (capture_id) "
        "WHERE pages.notice_key = listed_entity.notice_key)"
    )
    assert root_of(mofcom, "other") != first
    # merkle.csv of two machines says on which captures the rows rest that differ.
    before, after = (
        set((tmp_path / name / "merkle.csv").read_text().splitlines())
        for name in ("later", "other")
    )
    assert {line.partition(",")[0] for line in before ^ after} == {body}


async def test_what_was_changed_is_named(mofcom: Mofcom, tmp_path: Path) -> None:
    root_of(mofcom, "release")
    file = tmp_path / "release" / "csv" / "listed_entities.csv"
    file.write_text(file.read_text("utf-8").replace("Saronic", "Sardonic"), "utf-8")
    (tmp_path / "release" / "parquet" / "series.parquet").unlink()
    verified = mofcom("release", "verify", "release")
    assert verified.returncode == 1
    lines = verified.stderr.splitlines()
    assert "- parquet/series.parquet is missing" in lines
    assert "- csv/listed_entities.csv was changed" in lines
    assert sum("the rows that rest on the capture with SHA-256" in line for line in lines) == 1
    assert "- the rows give the root " in verified.stderr
    whole = file.read_text("utf-8")
    for torn in (f"{whole.rstrip()},more\r\n", f"{whole}less\r\n"):
        file.write_text(torn, "utf-8")
        verified = mofcom("release", "verify", "release")
        assert "cannot be computed" in verified.stderr
        assert "listed_entities.csv has a line of more or fewer cells" in verified.stderr
        assert "Traceback" not in verified.stderr
    (tmp_path / "release" / "csv" / "pages.csv").unlink()
    assert "the root cannot be computed" in mofcom("release", "verify", "release").stderr


async def test_what_is_no_folder_for_it_is_said(mofcom: Mofcom, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    assert "full has something in it" in mofcom("release", "make", "full").stderr
    assert "cannot be made" in mofcom("release", "make", "none/here").stderr
    assert "full is no release folder" in mofcom("release", "verify", "full").stderr


async def test_the_folder_may_be_the_present_one(mofcom: Mofcom, tmp_path: Path) -> None:
    assert mofcom("release", "make", ".").stdout.startswith(".: root ")
    assert (tmp_path / "SHA256SUMS").is_file()
