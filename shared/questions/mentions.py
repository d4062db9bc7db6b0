"""The documents that a pasted text cites, as the question `verify` is asked of them."""

import json
from collections.abc import Iterator
from typing import NamedTuple

from shared.chinese.document_numbers import DocumentNumber
from shared.chinese.numbers_in_english import find_english_numbers
from shared.chinese.references.find import find_references
from shared.chinese.text import Text
from shared.chinese.titles import plain_title
from shared.questions.limits import LONGEST_TEXT, MOST_MENTIONS
from shared.questions.refusals import TextRefused


class Mention(NamedTuple):
    """A document that a text cites: its first words there, from character `starts` on, and how often it is
    cited. `number` is in its normal form and `key` that of the notice which has it, as far as it tells one;
    `bare` is a number without issuers. `core` is the title for comparison: without 中华人民共和国, 关于 or
    issuers before it. A mention with neither number nor title was seen and not read, `doubt` says why.
    """

    quote: str
    starts: int
    number: str | None = None
    key: str | None = None
    bare: bool = False
    title: str | None = None
    core: str | None = None
    doubt: str | None = None
    times: int = 1


def read_mentions(text: str) -> list[Mention]:
    """The documents that a text in Chinese or English cites by number or by a title in 《》, each once, in
    order. Forms, certificates and newspapers are no documents. Raises TextRefused.
    """
    if len(text) > LONGEST_TEXT:
        raise TextRefused(
            f"the text has {len(text)} characters, and {LONGEST_TEXT} are verified at once: give it in parts"
        )
    found: dict[tuple[str | None, str | None], Mention] = {}
    titles: set[str] = set()
    for mention in sorted(_all(text), key=lambda one: (one.starts, one.core is None)):
        same = (mention.key or mention.number, mention.core if mention.number is None else None)
        if same == (None, None):
            found[mention.quote, mention.quote] = mention
        elif same in found:
            first = found[same]
            # The title may stand beside a later one alone.
            if first.core is None:
                first = first._replace(title=mention.title, core=mention.core)
            found[same] = first._replace(times=first.times + 1)
        elif mention.number is not None or mention.core not in titles:
            found[same] = mention
        if mention.number is not None and mention.core is not None:
            titles.add(mention.core)
    if len(found) > MOST_MENTIONS:
        raise TextRefused(
            f"the text cites {len(found)} documents, and {MOST_MENTIONS} are verified at once: give it in parts"
        )
    return list(found.values())


def mentions_as_json(text: str) -> str:
    """The mentions of a text as the parameter `mentions` of the database's question. Raises TextRefused."""
    return json.dumps([mention._asdict() for mention in read_mentions(text)], ensure_ascii=False)


def _all(text: str) -> Iterator[Mention]:
    read = Text(text)
    references = find_references(read, ())
    end = 0
    for reference in references.references:
        # Within another one stands what that is called from there on: （…，以下简称《公告》）.
        if reference.end <= end:
            continue
        end = reference.end
        place = read.evidence("", reference.start, reference.end)
        yield _mention(
            text[place.start : place.end],
            place.start,
            reference.number,
            reference.title,
            reference.doubt,
        )
    for title in references.unnamed:
        at = max(0, text.find(f"《{title}》"))
        quote = text[at : at + len(title) + 2]
        yield Mention(quote, at, doubt="the text does not say which document it calls so")
    for number, start, end in find_english_numbers(text):
        doubt = None
        if number is None:
            doubt = "the number of a letter in pinyin: give it in Chinese characters"
        elif not number.issuers:
            doubt = "printed without an issuer that is known"
        yield _mention(text[start:end], start, number, None, doubt)


def _mention(
    quote: str, starts: int, number: DocumentNumber | None, title: str | None, doubt: str | None
) -> Mention:
    core = plain_title(title).removeprefix("关于") if title else None
    if number is None:
        return Mention(quote, starts, title=title, core=core, doubt=doubt)
    return Mention(
        quote,
        starts,
        number=number.canonical(),
        key=number.key,
        bare=number.code is None and not number.issuers,
        title=title,
        core=core,
        doubt=doubt,
    )
