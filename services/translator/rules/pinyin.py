"""Names that nobody has in English yet, by their sound."""


def pinyin(words: str) -> list[str]:
    """The syllables, without tones: ``shang``, ``ban``, ``jian``, ``han`` of 商办建函."""
    # Its dictionary takes 55 MB, and most notices need none of it.
    from pypinyin import lazy_pinyin

    return lazy_pinyin(words)
