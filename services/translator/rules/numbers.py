"""发文字号: document numbers in English, as `shared.chinese.document_numbers` reads them.

The code of an issuing office is a name and is spelled, never translated: 商办建函〔2022〕318号 is
Shang Ban Jian Han [2022] No. 318, as English legal translations print it. Announcements and orders
are named by type and body: Announcement No. 61 of 2025 of the Ministry of Commerce.
"""

import re
from collections.abc import Sequence
from itertools import groupby

from services.translator.glossary import Glossary
from services.translator.rules.bodies import bodies, the
from services.translator.rules.pinyin import pinyin
from services.translator.rules.words import listed
from shared.chinese.characters import fold
from shared.chinese.document_numbers import (
    LONGEST_CODE,
    TYPES,
    DocumentNumber,
    find_numbers,
    number_of,
    parse_bare,
)

_NUMBERED = re.compile(rf"(?P<type>{'|'.join(TYPES.values())}) No\. \d+ of (?P<tail>.+)")


def document_number(text: str, glossary: Glossary) -> str | None:
    """English of a text that is only a document number; None for any other."""
    folded = fold(" ".join(text.split()))
    if "号" not in folded:
        return None
    number = number_of(folded)
    if number is None:
        # The body stands in another label: 【发布文号】2018年第6号.
        bare = parse_bare(folded)
        number = DocumentNumber((), None, None, *bare) if bare else None
    return english(number, glossary) if number else None


def english(number: DocumentNumber, glossary: Glossary) -> str | None:
    """A number in English; None if the glossary does not know an issuer."""
    issuers = bodies("、".join(number.issuers), glossary) if number.issuers else []
    if issuers is None:
        return None

    def spelled(code: str) -> str:
        # The Unreliable Entity List Working Mechanism has no code, its numbers print its name.
        name = glossary.get(code, ("body",)) if len(code) > LONGEST_CODE else None
        if name:
            return name.en
        return " ".join(syllable.capitalize() for syllable in pinyin(code))

    return number.in_english([the(name) for name in issuers], spelled)


def numbers_in(text: str, glossary: Glossary) -> list[tuple[int, int, str]]:
    """Document numbers in a running text: start, end, English, in the order of the text.

    One that names a type needs an issuer or a year: 公告第1号 may be any.
    """
    if "号" not in text:
        return []
    numbers = []
    for found in find_numbers(fold(text)):
        number, start = found.number, found.start
        if found.verb_end is not None:
            # 商务部发布2010年第15号公告: the issuer and what it does are said by the sentence.
            number, start = number.with_issuers(()), found.verb_end
        said = english(number, glossary) if number.issuers or number.year else None
        if said:
            numbers.append((start, found.end, said))
    return numbers


def together(numbers: Sequence[str]) -> str:
    """Announcements No. 55 and No. 56 of 2025 of the Ministry of Commerce, said once."""
    documents = []
    for (kind, tail), group in groupby(numbers, key=_family):
        names = list(group)
        if len(names) == 1 or not tail:
            documents += names
            continue
        serials = [name.removeprefix(f"{kind} ").removesuffix(f" of {tail}") for name in names]
        documents.append(f"{kind}s {listed(serials)} of {tail}")
    return listed(documents)


def _family(number: str) -> tuple[str, str]:
    match = _NUMBERED.fullmatch(number)
    return (match["type"], match["tail"]) if match else (number, "")
