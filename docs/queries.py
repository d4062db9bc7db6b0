"""The queries of the documentation, and their answers."""

import re
from pathlib import Path

README = Path(__file__).parents[1] / "README.md"
QUERYING = Path(__file__).parent / "querying.md"
QUESTIONS = Path(__file__).parent / "questions.md"
COOKBOOK = Path(__file__).parent / "cookbook.md"
_QUERY = re.compile(r"```sql\n(?P<sql>.*?)\n```\n```text\n(?P<answer>.*?)```", re.DOTALL)


def queries(page: str) -> list[tuple[str, str]]:
    """Each query with the answer that is documented for it, as psql prints it."""
    return [(found["sql"], found["answer"]) for found in _QUERY.finditer(page)]


def with_answers(page: str, answers: list[str]) -> str:
    """The page with the answers in place of what it has; one for each query, in order."""
    remaining = iter(answers)
    return _QUERY.sub(
        lambda found: f"```sql\n{found['sql']}\n```\n```text\n{next(remaining)}```", page
    )
