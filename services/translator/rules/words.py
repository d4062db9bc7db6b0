"""English words and lists, as running text has them."""

from collections.abc import Sequence

from services.translator.glossary import Glossary

_NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve".split()

_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"))


def listed(names: Sequence[str]) -> str:
    """A, B and C."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def counted(count: int) -> str:
    """A number in words up to twelve, in digits above."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def capitalised(text: str) -> str:
    """The text with its first letter capitalised."""
    return text[:1].upper() + text[1:]


def lowered(text: str, glossary: Glossary) -> str:
    """As the middle of a sentence: "Strengthening controls" in small letters, names as they are.

    Two capitals in a row begin a name or a title of a document too, which keep theirs.
    """
    first, _, rest = text.partition(" ")
    name = first.removesuffix("'s").rstrip(",;") in glossary.entries.first_words
    word = first[1:].islower() or first == "A"
    if name or not word or rest[:1].isupper():
        return text
    return text[:1].lower() + text[1:]


def roman(number: int) -> str:
    """A number from 1 to 399 in Roman numerals."""
    numeral = ""
    for size, letters in (*_ROMAN, (1, "I")):
        while number >= size:
            numeral += letters
            number -= size
    return numeral
