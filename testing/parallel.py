"""What runs side by side under ``pytest -n``, each worker with Kafka and Postgres of its own."""

from xdist.scheduler import LoadFileScheduling

# Tests of one folder, and the four services that are started once for all of them.
_PIPELINE = "tests/pipeline/"


class ByFile(LoadFileScheduling):  # type: ignore[misc]
    """One worker runs a file from end to end, for its tests may share what they start."""

    def _split_scope(self, nodeid: str) -> str:
        return _PIPELINE if nodeid.startswith(_PIPELINE) else super()._split_scope(nodeid)
