"""`alerts.toml`: who wants to hear of what."""

import base64
import binascii
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from services.notifier.due import HowOften
from shared.address_files import is_address_file
from shared.toml_text import NotToml, parse_toml

FILE = "alerts.toml"
# Names of a party list: each is compared with every list.
_MOST_NAMES = 10_000
# What the database reads of words and names.
_LONGEST = 1000
# By which names are compared; those in other scripts never fit.
_LETTER = re.compile(r"[A-Za-z一-鿿㐀-䶿]")
# Without quoted names, which hardly any server has: https://www.rfc-editor.org/rfc/rfc5322#section-3.4.1
_MAILBOX = re.compile(r"[^\s\x00-\x1f\x7f()<>@,;:\\\"\[\]]+@[^\s\x00-\x1f\x7f()<>@,;:\\\"\[\]]+")


class BadAlerts(ValueError):
    """An invalid file of alerts, or one that it names; the message says where and why."""


def _web_address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("must be an http:// or https:// address")
    return url


def mailbox(address: str) -> str:
    """The address. Raises ValueError for what is no mail address."""
    if not _MAILBOX.fullmatch(address):
        raise ValueError("must be a mail address, such as ann@example.com")
    return address


def _without_nul(given: str) -> str:
    if "\0" in given:
        raise ValueError("has a U+0000")
    return given


_Words = Annotated[str, Field(min_length=1, max_length=_LONGEST), AfterValidator(_without_nul)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Webhook(_Part):
    """Where events go, and the file with the secret that signs them (``whsec_…``, two lines while it changes)."""

    url: Annotated[str, AfterValidator(_web_address)]
    secret_file: Path


class Question(_Part):
    """What a notice must be like: all that is given must hold; without anything every notice counts."""

    words: _Words | None = None
    issuer: _Words | None = None
    code: str | None = Field(None, pattern=r"^[0-9][0-9. ]*$")
    list: _Words | None = None
    parties: Path | None = None
    cites: _Words | None = None


class Alert(Question):
    """An alert as it is written."""

    # In a line of a log, in a header, in an address.
    name: str = Field(max_length=100, pattern=r"^[^\s/]([^\x00-\x1f/]*[^\s/])?$")
    how_often: HowOften = "at once"
    webhooks: tuple[Webhook, ...] = ()
    mail: tuple[Annotated[str, AfterValidator(mailbox)], ...] = ()
    apprise: tuple[str, ...] = ()
    # Of the files that it names.
    _names: tuple[str, ...] = ()
    _secrets: tuple[tuple[bytes, ...], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The lines of its list of parties."""
        return self._names

    @property
    def secrets(self) -> tuple[tuple[bytes, ...], ...]:
        """The keys of each of its webhooks."""
        return self._secrets

    @property
    def asked(self) -> dict[str, str]:
        """The question, for people."""
        given = self.model_dump(mode="json", include=set(Question.model_fields))
        return {name: value for name, value in given.items() if value is not None}


def read_alerts(folder: Path) -> tuple[Alert, ...]:
    """The alerts of the file in `folder`, with the files that they name; none without a file.

    Raises BadAlerts.
    """
    try:
        text = (folder / FILE).read_text("utf-8")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise BadAlerts(str(error)) from None
    return tuple(_with_files(alert, folder) for alert in parse_alerts(text))


def parse_alerts(text: str) -> tuple[Alert, ...]:
    r"""The alerts of a file's text, in the order given. Raises BadAlerts.

    >>> parse_alerts('[[alert]]\nname = "rare earths"\nwords = "稀土"')[0].how_often
    'at once'
    """
    try:
        content = parse_toml(text)
    except NotToml as error:
        raise BadAlerts(str(error)) from None
    if unknown := sorted(set(content) - {"alert"}):
        raise BadAlerts(f"{unknown[0]!r} is not [[alert]]")
    given = content.get("alert", [])
    if not isinstance(given, list):
        raise BadAlerts("write [[alert]], with two brackets")
    alerts = tuple(_alert(one, number) for number, one in enumerate(given, start=1))
    names = [alert.name for alert in alerts]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise BadAlerts(f"two alerts are called {twice[0]!r}")
    return alerts


def _alert(given: Any, number: int) -> Alert:
    where = f"alert {number}"
    if isinstance(given, dict) and isinstance(given.get("name"), str):
        where = f"alert {given['name']!r}"
    try:
        return Alert.model_validate(given)
    except ValidationError as error:
        problem = error.errors()[0]
        place = ".".join(str(part) for part in problem["loc"])
        why = problem["msg"].removeprefix("Value error, ")
        if problem["type"] == "extra_forbidden":
            why = f"is not one of {', '.join(sorted(Alert.model_fields))}"
        raise BadAlerts(f"{where}: {place}: {why}") from None


def _with_files(alert: Alert, folder: Path) -> Alert:
    names: tuple[str, ...] = ()
    if alert.parties is not None:
        if is_address_file(alert.parties):
            raise BadAlerts(
                f"alert {alert.name!r}: {alert.parties} would be read as a list of addresses: "
                "call it something.names"
            )
        names = tuple(_lines(alert, folder / alert.parties))
        for name in names:
            if not _LETTER.search(unicodedata.normalize("NFKD", name)):
                raise BadAlerts(
                    f"alert {alert.name!r}: {alert.parties}: {name!r} has no letter to compare: names are "
                    "compared in Latin letters and Chinese characters"
                )
            if len(name) > _LONGEST:
                raise BadAlerts(
                    f"alert {alert.name!r}: {alert.parties}: {name[:20]!r}… is longer than "
                    f"{_LONGEST} characters"
                )
        if not 0 < len(names) <= _MOST_NAMES:
            raise BadAlerts(
                f"alert {alert.name!r}: {alert.parties} has {len(names)} names, "
                f"1 to {_MOST_NAMES} are possible"
            )
    read = alert.model_copy()
    read._names = names
    read._secrets = tuple(_secrets(alert, folder / one.secret_file) for one in alert.webhooks)
    return read


def _lines(alert: Alert, file: Path) -> Iterable[str]:
    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadAlerts(f"alert {alert.name!r}: {error}") from None
    lines = (line.strip() for line in text.splitlines())
    return (line for line in lines if line and not line.startswith("#"))


def _secrets(alert: Alert, file: Path) -> tuple[bytes, ...]:
    """The keys of a webhook: https://github.com/standard-webhooks/standard-webhooks, "Signature scheme"."""
    found = []
    for line in _lines(alert, file):
        try:
            key = base64.b64decode(line.removeprefix("whsec_"), validate=True)
        except binascii.Error:
            key = b""
        if not 24 <= len(key) <= 64:
            raise BadAlerts(
                f"alert {alert.name!r}: {file.name} has a line that is no secret: whsec_ and 24 to "
                "64 bytes in base64 (`printf whsec_; openssl rand -base64 32`)"
            )
        found.append(key)
    if not found:
        raise BadAlerts(f"alert {alert.name!r}: {file.name} has no secret")
    return tuple(found)
