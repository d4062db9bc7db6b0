"""Which tests run side by side under ``pytest -n``, each worker with Kafka and Postgres of its own."""

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

# A pipeline of four services, which is started once for the folder.
_WHOLE_FOLDER = "tests/pipeline/"


class ByFile(LoadScopeScheduling):  # type: ignore[misc]
    """One worker runs a file, or a folder whose tests share what they start, from end to end.

    Begins with the first file of the collection: chaos, whose one test is the longest of all.
    """

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(_WHOLE_FOLDER):
            return _WHOLE_FOLDER
        return nodeid.split("::", 1)[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFile:
    """The hook of pytest-xdist."""
    return ByFile(config, log)
