"""The error of an item that failed as often as it may."""


class GaveUp(Exception):
    """A message is not tried again: it becomes a dead letter under `reason`.

    `reason` is a short constant phrase, `detail` says what happened the last time.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail
