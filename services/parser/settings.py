"""Settings of the parser."""

from pydantic import Field

from shared.settings import Settings


class ParserSettings(Settings):
    parse_batch: int = Field(
        64, ge=1, description="Captures that the parser reads before it acknowledges them."
    )
    parse_batch_seconds: float = Field(
        0.05, gt=0, le=1, description="How long it waits for a batch to fill."
    )
    parse_workers: int = Field(2, ge=1, description="Processes that parse.")
    parse_seconds: float = Field(
        2.0, gt=0, description="Time for a page; one that takes longer is a dead letter."
    )
    parse_memory_bytes: int = Field(
        512 * 1024 * 1024, ge=1, description="Memory for a page; likewise."
    )
