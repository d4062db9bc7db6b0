"""Which names of goods stand within others: 某酸钾 in 某酸钾及其制品."""

from collections import defaultdict
from collections.abc import Iterable, Iterator


class Names:
    """Names that are looked for in texts: each text is looked at once, however many names there are."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_length: defaultdict[int, set[str]] = defaultdict(set)
        for name in names:
            self._by_length[len(name)].add(name)

    def within(self, text: str) -> Iterator[str]:
        """The names that stand in a text, in no order; one comes as often as it stands there."""
        for length, names in self._by_length.items():
            for at in range(len(text) - length + 1):
                if (words := text[at : at + length]) in names:
                    yield words
