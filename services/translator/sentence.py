"""A sentence with its analysis, which masks, terms, repairs and checks share."""

from dataclasses import dataclass
from functools import cached_property

from services.translator.checks import chinese
from services.translator.checks.quantities import Quantity
from services.translator.glossary import Found as Name
from services.translator.glossary import Glossary
from services.translator.rules.bodies import joint_issuers_in
from services.translator.rules.numbers import numbers_in
from services.translator.text.addresses import ADDRESSES
from services.translator.text.mask import Masked, mask
from shared.chinese.form import Found

_TERMS = ("body", "geo", "country", "term", "strict", "unit")


@dataclass(frozen=True)
class Sentence:
    """Simplified Chinese; each thing is looked for when it is first asked for, and kept.

    `glossary` is bound to the day of the notice.
    """

    chinese: str
    glossary: Glossary

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """Names that its English must have, in order."""
        return tuple(self.glossary.find(self.chinese))

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """Numbers, dates and periods, in order."""
        return tuple(chinese.quantities(self.chinese))

    @cached_property
    def document_numbers(self) -> tuple[tuple[int, int, str], ...]:
        """商办建函〔2022〕318号: start, end, English."""
        return tuple(numbers_in(self.chinese, self.glossary))

    @cached_property
    def joint_issuers(self) -> tuple[tuple[int, int, str], ...]:
        """商务部等14部门: start, end, English."""
        return tuple(joint_issuers_in(self.chinese, self.glossary))

    @cached_property
    def addresses(self) -> tuple[Found, ...]:
        """Web and mail addresses, in order."""
        return tuple(ADDRESSES.finditer(self.chinese))

    @cached_property
    def masked(self) -> Masked:
        """The sentence as an engine gets it: what rules render in it, and addresses, hidden."""
        own = self.glossary.find_own(self.chinese)
        addresses = [(one.start, one.end, one.text) for one in self.addresses]
        spans = [*self.document_numbers, *self.joint_issuers, *own, *addresses]
        return mask(self.chinese, spans)

    @cached_property
    def terms(self) -> tuple[tuple[str, str], ...]:
        """Glossary words for an engine's prompt, with their English.

        Only names and terms of two or more characters: single ones such as 函 made small models
        write "the letter" into the text.
        """
        found = {hit.entry.zh: hit.entry.en for hit in self.glossary.find(self.chinese, _TERMS)}
        return tuple((zh, en) for zh, en in found.items() if len(zh) > 1)
