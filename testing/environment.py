"""The environment of programs that tests start as a user would."""

import os

from shared.environment import PREFIX


def without_settings(**given: str) -> dict[str, str]:
    """The environment of the tests with no other settings than these.

    Tests log in to brokers of theirs by settings (`testing.kafka_login`), which `mofcom up` refuses.
    """
    outside = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    return outside | given
