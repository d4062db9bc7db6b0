"""An audit says what it found, or that nobody has advisories, which is not the same as none."""

from collections.abc import Sequence

from deploy.audit import audit

NONE = "No known vulnerabilities found"
FOUND = "Found 1 known vulnerability in 1 package\nName Version ID\nx 1.0 PYSEC-1"
NOT_THERE = "ERROR:pip_audit._cli:x: Dependency not found on PyPI and could not be audited: x (1.0)"
NO_WAY = "Traceback\nrequests.exceptions.ConnectionError: Failed to resolve 'advisories.example'"


def audited(*answers: tuple[int, str]) -> tuple[int, str, list[str]]:
    """What is said when pip-audit answers so, by turns, and which services it asked."""
    asked = list[str]()

    def run(command: Sequence[str]) -> tuple[int, str]:
        asked.append(command[command.index("-s") + 1])
        return answers[len(asked) - 1]

    status, said = audit(["pip-audit"], "requirements.lock", run)
    return status, said, asked


def test_no_vulnerability_is_said_with_who_was_asked() -> None:
    status, said, asked = audited((0, NONE))
    assert (status, asked) == (0, ["pypi"])
    assert said == f"{NONE} (pypi, requirements.lock)"


def test_a_vulnerability_is_shown_and_nobody_else_asked() -> None:
    assert audited((1, FOUND)) == (1, FOUND, ["pypi"])
    assert audited((1, NOT_THERE), (1, FOUND)) == (1, FOUND, ["pypi", "osv"])


def test_a_mirror_without_advisories_is_made_up_for_by_the_other() -> None:
    status, said, asked = audited((1, NOT_THERE), (0, NONE))
    assert (status, asked) == (0, ["pypi", "osv"])
    assert "(osv, " in said


def test_where_nobody_has_any_that_is_said_and_is_no_success() -> None:
    status, said, _ = audited((1, NOT_THERE), (1, NO_WAY))
    assert status == 2
    assert said.startswith("not audited, no advisories can be had here:\npypi: ")
    assert "Failed to resolve 'advisories.example'" in said
    # An end without a word is no success either.
    assert audited((0, ""), (0, ""))[0] == 2
