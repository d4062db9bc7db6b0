"""When a failed item is tried again."""

import random
from datetime import datetime, timedelta


def retry_at(now: datetime, attempt: int, first_seconds: float, longest_seconds: float) -> datetime:
    """When to try again after the `attempt`th try (from 1) failed.

    The wait doubles with each try up to `longest_seconds`; a random part of half of it keeps items
    that failed together from coming back together.
    """
    wait = min(first_seconds * 2.0 ** (attempt - 1), longest_seconds)
    jitter = random.uniform(0.5, 1.0)  # noqa: S311 - spreads load, guards nothing
    return now + timedelta(seconds=wait * jitter)
