"""Settings of the fetcher."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, DirectoryPath, Field, FilePath, model_validator

from services.fetcher.archive.addressing import collection_url, contact, proxy_url, server_url
from services.fetcher.save.key import read_keys
from shared.settings import RoleSettings, Settings, constant, tuning
from shared.tokens import Token, is_loopback, read_tokens

_SINCE = re.compile(
    r"all|\d{1,4}[dy]|(19|20)\d\d((0[1-9]|1[012])(0[1-9]|[12]\d|3[01])?)?", re.ASCII
)


def _since(text: str) -> str:
    since = text.strip().lower()
    if re.fullmatch(r"\d{4}-\d\d(-\d\d)?", since, re.ASCII):
        since = since.replace("-", "")
    if not _SINCE.fullmatch(since):
        raise ValueError("write 90d, 2y, 2024, 202405, 20240531 or all")
    return since


def _with_tokens(file: Path) -> Path:
    read_tokens(file)
    return file


def _with_keys(file: Path) -> Path:
    read_keys(file)
    return file


class FetcherSettings(Settings, RoleSettings):
    archive_url: Annotated[str, AfterValidator(server_url)] = Field(
        "https://web.archive.org",
        description="The Wayback Machine, or what stands in for it. No host but the archives is ever contacted.",
    )
    archive_other_url: Annotated[str, AfterValidator(collection_url)] = Field(
        "",
        description="Another archive that is asked too, on a budget of its own: a collection of pywb's, "
        "e.g. `https://arquivo.pt/wayback`. Empty for none.",
    )
    archive_contact: Annotated[str, AfterValidator(contact)] = Field(
        "",
        description="Mail address or URL for the User-Agent, so that the archive can reach you.",
    )
    archive_proxy: Annotated[str, AfterValidator(proxy_url)] = Field(
        "",
        description="HTTP proxy between the fetcher and the archive, `http://USER:WORD@HOST:PORT`.",
    )
    archive_ca_file: FilePath | None = Field(
        None, description="CA certificates (PEM) to trust for the archive."
    )
    seeds_dir: DirectoryPath = Field(
        Path("seeds"),
        description="Folder whose `.txt`, `.csv` and `.tsv` files list addresses, one per line.",
    )
    watch: bool = Field(
        False,
        description="Whether the fetcher discovers new captures by itself, by `watch.toml` in "
        "`MOFCOM_SEEDS_DIR`. `mofcom up` and compose set it to `true`.",
    )
    watch_since: Annotated[str, AfterValidator(_since)] = Field(
        "1y",
        description="How far back it looks: `all`, `90d`, `2y`, or a date as `2020` or `20200131`.",
    )
    fetcher_tokens_file: Annotated[FilePath, AfterValidator(_with_tokens)] | None = Field(
        None,
        description="File of the tokens that may ask the fetcher, as `MOFCOM_CONSOLE_TOKENS_FILE`.",
    )
    fetcher_open: bool = Field(
        False,
        description="Take requests without a token on any address. For a container whose port is published "
        "on 127.0.0.1 alone, as in compose.",
    )
    save_key_file: Annotated[FilePath, AfterValidator(_with_keys)] | None = Field(
        None,
        description="File with the keys ACCESS:SECRET of an archive.org account. With one, pages that the "
        "archive lacks are put to Save Page Now ([archive.md](archive.md#save-page-now)).",
    )

    archive_cdx_per_minute: float = tuning(
        24.0, "Requests to the archive's CDX index; it bans clients above 30.", gt=0
    )
    archive_mementos_per_second: float = tuning(
        8.0, "Requests for captures; the archive bans clients above 10.", gt=0
    )
    archive_pause_seconds: float = tuning(
        60.0,
        "Pause after the archive throttles or refuses; doubles with each time, to four hours at most.",
        gt=0,
    )
    fetch_retry_seconds: float = tuning(
        60.0,
        "Wait before the second of five attempts at one item, with jitter; doubles with each.",
        gt=0,
    )

    # Requests to the other archive, for captures and to its index each: arquivo.pt bans clients above 250.
    archive_other_per_minute: float = constant(60.0, gt=0)
    # For captures and for the index each: 8 requests a second, of up to 2 s.
    archive_connections: int = constant(16, ge=1)
    # A ban lasts an hour and doubles: to look every four hours whether it is over prolongs none.
    archive_longest_pause_seconds: float = constant(14_400.0, gt=0)
    # Before an item is a dead letter: 15 minutes, by the waits between them.
    fetch_attempts: int = constant(5, ge=1)
    # Six hours, also where fetch_retry_seconds is set to more than minutes.
    fetch_longest_retry_seconds: float = constant(21_600.0, gt=0)
    # Earlier captures tried of an address whose latest one is an error; then those of years before are asked for.
    fetch_latest_tries: int = constant(3, ge=0)
    # Between two questions to the index for new captures, which it lists up to days late.
    watch_hours: float = constant(24.0, gt=0)
    # How many connections stay open while nothing is asked, and for how long. The archive refuses
    # clients that open about 15 new ones quickly (hartator/wayback-machine-downloader #264).
    kept_connections: int = constant(4, ge=1)
    keep_seconds: float = constant(60.0, gt=0)
    # The archive connects within a second, or not at all.
    connect_seconds: float = constant(15.0, gt=0)
    # Silence after which an answer counts as late: CDX queries take a minute before they fail.
    read_seconds: float = constant(60.0, gt=0)
    # For the headers of an answer, and again for its body: a trickle must not hold a connection.
    answer_seconds: float = constant(90.0, gt=0)
    # Largest answer as it is sent, and largest body decompressed: the largest attachments of the
    # site are scanned PDFs of 20 MB; a compressed bomb stops here.
    download_bytes: int = constant(32 * 1024 * 1024, ge=1)
    body_bytes: int = constant(64 * 1024 * 1024, ge=1)
    # A ban of the archive's lasts an hour and doubles: after one without an incident it is over.
    calm_seconds: float = constant(3600.0, gt=0)
    # So many failures in a row are no accident: a probe tells whether it is they or the archive.
    failures: int = constant(10, ge=1)
    # Longest pause after a probe that failed: to ask once in a quarter of an hour offends nobody.
    outage_seconds: float = constant(900.0, gt=0)
    # Silence after which another replica may ask the archive: no longer than Kafka takes to give it the work
    # of one that was killed. Renewed every 5 s; one renewal may fail.
    lease_seconds: float = constant(12.0, gt=0)
    # Captures in progress at the same time. A window per connection for what was asked lately; the
    # backlog has fewer than there are connections, so that it never holds all of them.
    live_window: int = constant(16, ge=1)
    backlog_window: int = constant(12, ge=1)
    # Addresses in progress at the same time, each a few CDX queries of 24 a minute.
    address_window: int = constant(16, ge=1)
    # How far from a listed capture the one served may be; as EDGI's client has it.
    window_hours: float = constant(24.0, gt=0)
    # What is listed and not played today may be in a week, when its part of the index is repaired.
    unplayable_retry_seconds: float = constant(604_800.0, gt=0)
    # Rows asked of the index at once: it times out on longer answers (EDGI's client asks for 1000).
    cdx_page_rows: int = constant(1000, ge=1)
    # pywb has no key to go on behind a page: what has more rows is asked for again in halves.
    other_page_rows: int = constant(10_000, ge=1)
    # Ten million rows: a listing that does not end by then goes in circles, and counts as partial.
    cdx_pages: int = constant(10_000, ge=1)
    # Between two looks at the folder of seeds.
    seeds_poll_seconds: float = constant(1.0, gt=0)
    # Between two looks whether a question is due and whether the backlog has room. New captures, and the lease
    # to ask, are not waited for.
    watch_poll_seconds: float = constant(10.0, gt=0)
    # How far each question about new captures reaches back: they appear in the index up to days late.
    watch_overlap_days: int = constant(7, ge=7)
    # How often the whole past is listed again: donated captures appear in it years later.
    watch_sweep_days: float = constant(30.0, gt=0)
    # Before a question is asked again that was answered in part.
    watch_again_seconds: float = constant(3600.0, gt=0)
    # Past captures in the backlog's topic; the rest waits in the memory, where it can be reordered.
    watch_backlog: int = constant(1000, ge=1)
    # Pages put to Save Page Now, which takes 6 to 12 a minute from an account, and of its thousands a
    # day leaves most to whoever has it; and before one is put again that could not be captured.
    save_per_minute: float = constant(4.0, gt=0)
    save_per_day: int = constant(1000, ge=1)
    save_again_days: float = constant(30.0, ge=1)
    # Requests to Save Page Now, the questions how a capture stands included.
    save_requests_per_second: float = constant(1.0, gt=0)
    # An account may have 5 to 12 captures under way.
    save_at_once: int = constant(4, ge=1)
    # A capture takes up to two minutes, and may wait before; its status can be asked for about an hour.
    save_poll_seconds: float = constant(10.0, gt=0)
    save_job_seconds: float = constant(3600.0, gt=0)
    # A new capture is played within a minute or two.
    save_settle_seconds: float = constant(120.0, ge=0)
    # Between two looks at the stored list pages.
    save_lists_seconds: float = constant(60.0, gt=0)
    # 500 of the longest addresses that a request to POST /requests may hold are 1 MiB.
    request_body_bytes: int = constant(1024 * 1024, ge=1)
    # WARC files are made of about 1 GB (ISO 28500, annex C); this is the largest that POST /captures takes.
    warc_bytes: int = constant(4 * 1024**3, ge=1)
    # POST /requests waits so long for Kafka before it answers 503: shorter than clients wait.
    confirm_seconds: float = constant(10.0, gt=0)

    def tokens(self) -> Mapping[str, Token] | None:
        """Who may ask, from the file that names them."""
        return read_tokens(self.fetcher_tokens_file) if self.fetcher_tokens_file else None

    @model_validator(mode="after")
    def _token_beyond_loopback(self) -> Self:
        if not (self.fetcher_tokens_file or self.fetcher_open or is_loopback(self.http_host)):
            raise ValueError(
                f"the fetcher takes requests on {self.http_host} only with tokens: set "
                "MOFCOM_FETCHER_TOKENS_FILE, or listen on 127.0.0.1"
            )
        return self
