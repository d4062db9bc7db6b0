"""What a file has: which record is the capture of a URL and second, and which have another's body."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from services.fetcher.archive.replay import CaptureRef, parse_timestamp
from services.fetcher.archive.reply import Reply
from shared.identity import url_key

# As far from a redirect its target may have been captured, as of the archive.
_WINDOW = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Head:
    """A capture without its body; `ordinal` counts the file's records.

    A revisit (`revisit`) has the body of the capture that it `refers` to, by URL and time or by the
    `record_id` that is its `refers_id`, or of one with the same `digest`; a redirect has the one of the
    capture of `target` next to it.
    """

    ordinal: int
    ref: CaptureRef
    reply: Reply
    digest: str | None = None
    revisit: bool = False
    refers: CaptureRef | None = None
    record_id: str | None = None
    refers_id: str | None = None
    target: str | None = None

    @property
    def rank(self) -> int:
        """Of captures of one URL and second the one with the least rank counts."""
        if self.target is not None:
            return 3
        if self.revisit:
            return 1
        return 0 if 200 <= self.reply.status < 300 else 2


@dataclass(slots=True)
class Plan:
    """Built from every `Head` of a file, then `connect`ed."""

    _best: dict[CaptureRef, tuple[int, int]] = field(default_factory=dict)
    _bodiless: dict[CaptureRef, Head] = field(default_factory=dict)
    _by_digest: dict[str, CaptureRef] = field(default_factory=dict)
    _by_id: dict[str, CaptureRef] = field(default_factory=dict)
    _by_page: dict[tuple[str, str], CaptureRef] | None = None
    _followers: dict[CaptureRef, list[Head]] = field(default_factory=dict)
    _unfound: dict[str, list[Head]] = field(default_factory=dict)
    duplicates: Counter[CaptureRef] = field(default_factory=Counter)

    def add(self, head: Head) -> None:
        """Of two captures of one URL and second keep the page, not the wall before it."""
        best = self._best.get(head.ref)
        if best is not None:
            self.duplicates[head.ref] += 1
            if best[0] <= head.rank:
                return
        self._best[head.ref] = (head.rank, head.ordinal)
        if head.revisit or head.target is not None:
            self._bodiless[head.ref] = head
            return
        self._bodiless.pop(head.ref, None)
        if head.record_id:
            self._by_id.setdefault(head.record_id, head.ref)
        if head.digest:
            self._by_digest.setdefault(head.digest, head.ref)

    def connect(self) -> None:
        """Find for each revisit and redirect the capture whose body it has."""
        targets = {
            url_key(head.target) for head in self._bodiless.values() if head.target is not None
        }
        captures: dict[str, list[CaptureRef]] = {}
        if targets:
            for ref in self._best:
                key = url_key(ref.url)
                if key in targets:
                    captures.setdefault(key, []).append(ref)
        for head in self._bodiless.values():
            if head.target is not None:
                found = self._nearest(head, captures.get(url_key(head.target), []))
            else:
                found = self._repeated(head)
            if found is not None:
                self._followers.setdefault(found, []).append(head)
            elif head.digest:
                self._unfound.setdefault(head.digest, []).append(head)

    def counts(self, ref: CaptureRef, ordinal: int) -> bool:
        """Whether this record is the capture of its URL and second."""
        return self._best.get(ref, (0, -1))[1] == ordinal

    @property
    def wants_digests(self) -> bool:
        """Whether a revisit is left that only a body's own digest can find."""
        return bool(self._unfound)

    def followers(self, ref: CaptureRef, digests: tuple[str, ...] = ()) -> Iterator[Head]:
        """The revisits and redirects that have the body of this capture, each once."""
        heads = self._followers.pop(ref, [])
        for digest in digests:
            heads += self._unfound.pop(digest, [])
        for head in heads:
            if self._bodiless.pop(head.ref, None) is not None:
                yield head

    def left(self) -> Iterator[Head]:
        """The revisits and redirects whose body is not in the file."""
        yield from self._bodiless.values()

    def _repeated(self, head: Head) -> CaptureRef | None:
        if head.refers is not None and head.refers != head.ref:
            if head.refers in self._best:
                return head.refers
            # Of http and https, with and without www, one may stand for the other.
            if found := self._pages().get((url_key(head.refers.url), head.refers.timestamp)):
                return found
        if head.refers_id and (found := self._by_id.get(head.refers_id)):
            return found
        return self._by_digest.get(head.digest) if head.digest else None

    def _pages(self) -> dict[tuple[str, str], CaptureRef]:
        """The captures with a body of their own, by URL key and timestamp; few files need it."""
        if self._by_page is None:
            self._by_page = {
                (url_key(ref.url), ref.timestamp): ref
                for ref in self._best
                if ref not in self._bodiless
            }
        return self._by_page

    def _nearest(self, head: Head, captures: list[CaptureRef]) -> CaptureRef | None:
        """The capture next in time, an error only if there is no other."""
        distances = []
        for ref in captures:
            away = _distance(head.ref, ref)
            if ref != head.ref and away is not None and away <= _WINDOW:
                distances.append((self._best[ref][0] == 2, away, ref.timestamp, ref.url))
        return CaptureRef(*min(distances)[2:]) if distances else None


def _distance(one: CaptureRef, other: CaptureRef) -> timedelta | None:
    then, now = parse_timestamp(one.timestamp), parse_timestamp(other.timestamp)
    return abs(now - then) if then and now else None
