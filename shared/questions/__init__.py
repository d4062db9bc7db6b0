"""The questions of deploy/postgres/questions, for the command line and whatever else speaks to people."""

from shared.questions.asking import Answer, Question, UnknownQuestion, ask, questions

__all__ = ["Answer", "Question", "UnknownQuestion", "ask", "questions"]
