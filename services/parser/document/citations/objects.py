"""What of a document is extended or amended: its measure, or the investigation that it opened."""

from services.parser.document.citations.cited import Cited
from services.parser.document.citations.object_forms import OBJECTS
from services.parser.document.citations.related import Related
from shared.chinese.sentences import phrase_end
from shared.chinese.text import Passage, Text


def read_object(text: Text, mention: Related, cited: Cited) -> None:
    """Fill in `object` from the words between the reference, or the comma before its verb, and the end of
    the verb's phrase.
    """
    if cited.relation not in ("extends", "amends") or mention.verb is None:
        return
    folded, verb = text.folded, mention.verb
    comma = max(folded.rfind(mark, max(0, verb.start - 120), verb.start) for mark in "，；。：\n")
    start = max(comma + 1, min(mention.reference.end, verb.start))
    if mention.reference.start >= verb.start:
        start = verb.start
    end = phrase_end(folded, verb.end, min(len(folded), verb.end + 120))
    found = next(OBJECTS.ranked(folded, start, end), None)
    if found is None:
        return
    cited.object = "investigation" if found.name == "investigation" else "measure"
    cited.words["object"] = [Passage(text, found.start, found.end)]
