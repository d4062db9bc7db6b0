"""A feed as Atom: https://www.rfc-editor.org/rfc/rfc4287."""

import re
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from services.console.feeds.feed import Entry, Feed

MEDIA_TYPE = "application/atom+xml"

_NAMESPACE = "http://www.w3.org/2005/Atom"
register_namespace("", _NAMESPACE)
# What XML 1.0 has no way to write: https://www.w3.org/TR/xml/#charsets.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom(feed: Feed) -> bytes:
    """The document, in UTF-8."""
    root = Element(f"{{{_NAMESPACE}}}feed")
    _text(root, "id", feed.id)
    _text(root, "title", feed.title)
    if feed.subtitle:
        _text(root, "subtitle", feed.subtitle)
    _text(root, "updated", _instant(feed.updated))
    _text(_child(root, "author"), "name", "MOFCOM notices")
    _link(root, "self", feed.address, MEDIA_TYPE)
    _link(root, "alternate", feed.home, "text/html")
    if feed.next_page:
        # https://www.rfc-editor.org/rfc/rfc5005#section-3
        _link(root, "next", feed.next_page, MEDIA_TYPE)
    for entry in feed.entries:
        _add(root, entry)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _add(root: Element, entry: Entry) -> None:
    child = _child(root, "entry")
    _text(child, "id", entry.id)
    _text(child, "title", entry.title)
    _text(child, "updated", _instant(entry.updated))
    if entry.link:
        _link(child, "alternate", entry.link, "text/html")
    if entry.archived_url:
        _link(child, "via", entry.archived_url, "text/html")
    content = _text(child, "content", entry.html)
    content.set("type", "html")


def _child(parent: Element, name: str) -> Element:
    return SubElement(parent, f"{{{_NAMESPACE}}}{name}")


def _text(parent: Element, name: str, text: str) -> Element:
    child = _child(parent, name)
    child.text = _NO_XML.sub("\ufffd", text)
    return child


def _link(parent: Element, relation: str, address: str, media_type: str) -> None:
    child = _child(parent, "link")
    child.set("rel", relation)
    child.set("type", media_type)
    child.set("href", _NO_XML.sub("", address))


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
