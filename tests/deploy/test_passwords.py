import stat
from pathlib import Path

from deploy.passwords import main, make_passwords


def test_each_is_created_once_and_readable_only_by_its_owner(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("kept")
    assert make_passwords([one, two]) == [two]
    assert make_passwords([one, two]) == []
    assert one.read_text() == "kept"
    assert len(two.read_text()) > 20
    assert stat.S_IMODE(two.stat().st_mode) == 0o600
    assert sorted(tmp_path.iterdir()) == [one, two]


def test_the_owner_of_a_database_elsewhere_keeps_his(tmp_path: Path) -> None:
    folder, given, nothing = tmp_path / "passwords", tmp_path / "given", tmp_path / "nothing"
    given.write_text("theirs\n")
    nothing.write_text("")
    owners = folder / "postgres" / "database-password"
    main(folder, nothing)
    assert len(owners.read_text()) > 20
    main(folder, given)
    assert owners.read_text() == "theirs"
    assert stat.S_IMODE(owners.stat().st_mode) == 0o600
    main(folder)
    assert owners.read_text() == "theirs"
