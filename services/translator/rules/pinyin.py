"""Names that nobody has in English yet, by their sound."""

import json
import os
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.util import find_spec
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

_PHRASE_BYTES = 2000


@lru_cache(maxsize=1000)
def pinyin(words: str) -> tuple[str, ...]:
    """The syllables, without tones: ``shang``, ``ban``, ``jian``, ``han`` of 商办建函.

    A character of several sounds has that of the phrase in which it stands: 行 is ``hang`` in 银行.
    """
    # pypinyin's own setting. All its phrases take 45 MB; a name has one or two.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import lazy_pinyin, load_phrases_dict

    if phrases := dict(_phrases_in(words)):
        load_phrases_dict(phrases)
    return tuple(lazy_pinyin(words))


def _phrases_in(words: str) -> Iterator[tuple[str, Any]]:
    """Pypinyin's phrases that stand in a text, each with the sounds of its characters."""
    for starts in range(len(words)):
        for ends in range(starts + 2, len(words) + 1):
            beginning = f'\n"{words[starts:ends]}'.encode()
            if _dictionary().find(beginning) < 0:
                # Nor is there a longer one.
                break
            whole = beginning + b'": '
            if (at := _dictionary().find(whole)) >= 0:
                at += len(whole)
                sounds = _dictionary()[at : at + _PHRASE_BYTES].decode(errors="ignore")
                yield words[starts:ends], json.JSONDecoder().raw_decode(sounds)[0]


@cache
def _dictionary() -> mmap:
    """Pypinyin's phrases as they lie in its package: a JSON object, a name at the beginning of each line."""
    spec = find_spec("pypinyin")
    if spec is None or spec.origin is None:
        raise AssertionError("pypinyin is a dependency")
    with Path(spec.origin).with_name("phrases_dict.json").open("rb") as file:
        return mmap(file.fileno(), 0, access=ACCESS_READ)
