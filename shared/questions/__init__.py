"""The questions of deploy/postgres/questions, for the command line and whatever else speaks to people."""

from shared.questions.asking import (
    TEXT,
    Answer,
    Question,
    UnknownQuestion,
    answer,
    ask,
    decode_json,
    questions,
)
from shared.questions.refusals import TextRefused, refusal
from shared.questions.values import flat, plain

__all__ = [
    "TEXT",
    "Answer",
    "Question",
    "TextRefused",
    "UnknownQuestion",
    "answer",
    "ask",
    "decode_json",
    "flat",
    "plain",
    "questions",
    "refusal",
]
