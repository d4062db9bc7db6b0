"""When to retry a failed item."""

import random
from datetime import datetime, timedelta


def retry_at(now: datetime, attempt: int, first_seconds: float, longest_seconds: float) -> datetime:
    """When to retry after attempt number `attempt` (from 1) failed.

    The wait doubles with each attempt up to `longest_seconds`. Random jitter of up to half of it
    spreads items that failed together.
    """
    wait = min(first_seconds * 2.0 ** (attempt - 1), longest_seconds)
    jitter = random.uniform(0.5, 1.0)  # noqa: S311 - spreads load, guards nothing
    return now + timedelta(seconds=wait * jitter)
