"""The translator: renders parsed notices in English, by rules first, by an engine for the rest.

service.py        reads `notice.parsed`, publishes `notice.translated`
handler.py        what becomes of an event
background.py     what waits for an engine, or was asked for again
priority.py       live work goes before the background's
translate.py      one notice: title, text, summary, and what each was made by
draft.py          a text after rules, and the sentences that they leave
terms.py          what it speaks of, for a search in English
sentence.py       a sentence, and what is found in it
engine_chain.py   sentences through engines: cached, repaired, checked, tried once more
repair.py         what engines get wrong in known ways
cache.py          their answers, kept
text/             script, sentences, masks
glossary/         names and terms by their day
rules/            what is formulaic, without any engine
checks/           whether English says what its Chinese says
summary/          by template, and whether any summary says only what its notice does
engines/          Firefox's model, and whatever speaks OpenAI's protocol
http.py           their HTTP
routes.py         how they are, over HTTP
evaluation.py     how good they are, on pairs with a reference
"""
