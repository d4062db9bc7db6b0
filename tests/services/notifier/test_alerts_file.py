"""The file of alerts: what is read, and what is said of a wrong one."""

import base64
from pathlib import Path

import pytest

from services.notifier.alerts_file import FILE, BadAlerts, parse_alerts, read_alerts

SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()
WHOLE = """
[[alert]]
name = "供应商 A"
words = "rare earth"
issuer = "商务部"
code = "2805.30"
list = "Unreliable Entity List"
parties = "suppliers.names"
cites = "商务部公告2025年第61号"
how_often = "weekly"
webhooks = [{url = "https://hooks.example.com/x?token=y", secret_file = "hooks.secret"}]
mail = ["ann@example.com"]
apprise = ["ntfy://topic"]
"""


def test_the_example_in_the_project_is_valid() -> None:
    seeds = Path(__file__).parents[3] / "seeds"
    assert read_alerts(seeds) == ()
    # And so it is without its marks of comments.
    text = (seeds / FILE).read_text()
    examples = "\n".join(line.removeprefix("# ") for line in text.splitlines()[2:])
    assert [alert.name for alert in parse_alerts(examples)] == ["rare earths", "our suppliers"]


def test_all_that_can_be_said(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(WHOLE)
    (tmp_path / "suppliers.names").write_text("# of 2026\nSkydio, Inc.\n\n 某某公司 \n")
    (tmp_path / "hooks.secret").write_text(SECRET + "\n")
    (alert,) = read_alerts(tmp_path)
    assert alert.names == ("Skydio, Inc.", "某某公司")
    assert alert.secrets == ((bytes(range(32)),),)
    assert alert.asked == {
        "words": "rare earth",
        "issuer": "商务部",
        "code": "2805.30",
        "list": "Unreliable Entity List",
        "parties": "suppliers.names",
        "cites": "商务部公告2025年第61号",
    }
    assert repr(alert.secrets[0][0]) not in repr(alert)


def test_without_a_file_there_are_none(tmp_path: Path) -> None:
    assert read_alerts(tmp_path) == ()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[[alert", "not TOML"),
        ("[[alerts]]", "'alerts' is not"),
        ("alert = 3", "two brackets"),
        ("[[alert]]\nwords = 'x'", "alert 1: name"),
        ("[[alert]]\nname = 'a'\nwordz = 'x'", "alert 'a': wordz: is not one of apprise, cites"),
        ("[[alert]]\nname = 'a'\nhow_often = 'hourly'", "alert 'a': how_often"),
        ("[[alert]]\nname = 'a'\nmail = ['ann']", "must be a mail address"),
        ("[[alert]]\nname = 'a'\nmail = ['a@b.example\\r\\nBcc: x@y.example']", "'a': mail.0"),
        ("[[alert]]\nname = 'a'\nmail = ['b@[()#']", "must be a mail address"),
        ("[[alert]]\nname = 'a'\nmail = ['a@b.example\u2028c']", "must be a mail address"),
        ("[[alert]]\nname = 'a'\ncode = '稀土'", "alert 'a': code"),
        ("[[alert]]\nname = 'a/b'", "name"),
        ('[[alert]]\nname = "a\\nb"', "name"),
        ("[[alert]]\nname = ' '", "name"),
        ('[[alert]]\nname = "a"\nwords = "\\u0000"', "U+0000"),
        (f"[[alert]]\nname = 'a'\ncites = '{'号' * 1001}'", "alert 'a': cites: String should have"),
        ("[[alert]]\nname = 'a'\nnames = ['x']", "is not one of"),
        ("[[alert]]\nname = 'a'\n[[alert]]\nname = 'a'", "two alerts are called 'a'"),
        (
            "[[alert]]\nname = 'a'\nwebhooks = [{url = 'ftp://x', secret_file = 'y'}]",
            "must be an http:// or https:// address",
        ),
        ("[[alert]]\nname = 'a'\nwebhooks = [{url = 'http://x'}]", "secret_file"),
        ("[[alert]]\nname = 'a'\nparties = 'a.txt'", "call it something.names"),
        ("[[alert]]\nname = 'a'\nparties = 'none.names'", "No such file"),
        ("[[alert]]\nname = 'a'\nparties = 'empty.names'", "has 0 names"),
        ("[[alert]]\nname = 'a'\nparties = 'digits.names'", "'12 3' has no letter"),
        ("[[alert]]\nname = 'a'\nparties = 'cyrillic.names'", "'Ромашка' has no letter to compare"),
        ("[[alert]]\nname = 'a'\nparties = 'long.names'", "longer than 1000 characters"),
        (
            "[[alert]]\nname = 'a'\nwebhooks = [{url = 'http://x', secret_file = 'short.secret'}]",
            "no secret: whsec_",
        ),
        (
            "[[alert]]\nname = 'a'\nwebhooks = [{url = 'http://x', secret_file = 'empty.names'}]",
            "has no secret",
        ),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, text: str, why: str) -> None:
    (tmp_path / "empty.names").write_text("# nobody\n")
    (tmp_path / "digits.names").write_text("12 3\n")
    (tmp_path / "cyrillic.names").write_text("ООО Acme\nРомашка\n")
    (tmp_path / "long.names").write_text("a" * 1001)
    (tmp_path / "short.secret").write_text("whsec_c2hvcnQ=\n")
    (tmp_path / FILE).write_text(text)
    with pytest.raises(BadAlerts) as refused:
        read_alerts(tmp_path)
    assert why in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1
