"""Settings of the fetcher."""

from pathlib import Path

from pydantic import DirectoryPath, Field, FilePath

from shared.settings import DatabaseSettings, HttpUrl, Settings


class FetcherSettings(Settings, DatabaseSettings):
    archive_url: HttpUrl = Field(
        "https://web.archive.org", description="The archive, the only host ever contacted."
    )
    contact: str = Field(
        "", description="Address or URL in the User-Agent, so that the archive can reach you."
    )
    http_proxy: str = Field("", description="HTTP proxy on the way to the archive.")
    ca_file: FilePath | None = Field(
        None, description="Certificates (PEM) to trust instead of the usual ones."
    )

    cdx_per_minute: float = Field(
        24.0, gt=0, description="Requests to the archive's index; it bans above 30."
    )
    mementos_per_second: float = Field(
        8.0, gt=0, description="Requests for captures; the archive bans above 10."
    )
    connections: int = Field(
        16, ge=1, description="Connections to the archive at most, for captures and index each."
    )
    kept_connections: int = Field(
        4, ge=1, description="How many of them stay open while nothing is asked."
    )
    keep_seconds: float = Field(60.0, gt=0, description="How long they stay open.")
    connect_seconds: float = Field(15.0, gt=0, description="Time for a connection.")
    read_seconds: float = Field(60.0, gt=0, description="Silence after which an answer is late.")
    answer_seconds: float = Field(
        90.0, gt=0, description="Time for the headers of an answer, and again for its body."
    )
    download_bytes: int = Field(
        32 * 1024 * 1024, ge=1, description="Largest answer that is read, as it is sent."
    )
    body_bytes: int = Field(
        64 * 1024 * 1024, ge=1, description="Largest body that is kept, decompressed."
    )

    pause_seconds: float = Field(
        60.0, gt=0, description="Pause after the archive throttles or refuses; doubles each time."
    )
    longest_pause_seconds: float = Field(14_400.0, gt=0, description="Longest such pause.")
    calm_seconds: float = Field(
        3600.0, gt=0, description="Time without such an incident after which it is forgotten."
    )

    failures: int = Field(
        10, ge=1, description="Failures in a row that count as such an incident too."
    )

    lease_seconds: float = Field(
        6.0, gt=0, description="Silence after which a fetcher's right to ask goes to another."
    )

    live_window: int = Field(
        16, ge=1, description="Captures asked for lately that are in hand at the same time."
    )
    backlog_window: int = Field(
        12, ge=1, description="The same for the backlog; fewer than the connections."
    )
    address_window: int = Field(16, ge=1, description="Addresses in hand at the same time.")

    window_hours: float = Field(
        24.0, gt=0, description="How far from a listed capture the one served may be."
    )
    attempts: int = Field(5, ge=1, description="Tries of one item before it is a dead letter.")
    retry_seconds: float = Field(
        60.0, gt=0, description="Wait before the second try; doubles with each, with jitter."
    )
    longest_retry_seconds: float = Field(21_600.0, gt=0, description="Longest such wait.")
    unplayable_retry_seconds: float = Field(
        604_800.0, gt=0, description="Wait before a listed capture that is not played."
    )

    cdx_page_rows: int = Field(1000, ge=1, description="Rows asked of the index at once.")
    cdx_pages: int = Field(
        10_000, ge=1, description="Pages after which a listing counts as partial."
    )

    seeds_dir: DirectoryPath = Field(
        Path("seeds"), description="Folder whose *.txt files list addresses, one a line."
    )
    seeds_poll_seconds: float = Field(
        1.0, gt=0, description="How often the folder is looked at for changes."
    )

    watch: bool = Field(
        False, description="Whether to look for captures by itself, by `watch.toml` in that folder."
    )
    watch_since: str = Field(
        "1y",
        pattern=r"^(all|\d{1,4}[dy]|(19|20)\d\d((0[1-9]|1[012])(0[1-9]|[12]\d|3[01])?)?)$",
        description="How far back: `all`, `90d`, `2y`, or a date as `2020` or `20200131`.",
    )
    watch_hours: float = Field(
        24.0, gt=0, description="How often the index is asked for new captures."
    )
    watch_overlap_days: int = Field(
        7, ge=7, description="How far each such question reaches back: captures appear late."
    )
    watch_sweep_days: float = Field(
        30.0, gt=0, description="How often the whole past is listed again: some appear in it."
    )
    watch_again_seconds: float = Field(
        3600.0, gt=0, description="Wait before a question is asked again that was answered in part."
    )
    watch_backlog: int = Field(
        1000, ge=1, description="Past captures in the backlog's topic at most; the rest waits."
    )
    watch_poll_seconds: float = Field(
        1.0, gt=0, description="How often the memory is searched for what is to be asked next."
    )

    request_body_bytes: int = Field(
        1024 * 1024, ge=1, description="Largest body that POST /requests takes."
    )
    warc_bytes: int = Field(
        4 * 1024**3, ge=1, description="Largest WARC file that POST /captures takes."
    )
    confirm_seconds: float = Field(
        10.0, gt=0, description="Time that POST /requests waits for Kafka before it answers 503."
    )

    # An answer may take longer than the other services' work ever does.
    stall_seconds: float = Field(
        300.0, gt=0, description="Work waiting without progress for this long fails /live."
    )
