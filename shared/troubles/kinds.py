"""The kinds of trouble: `mofcom status`, the metric `mofcom_trouble` and docs/operating.md name the same."""

import re
from typing import NamedTuple

# To a part of docs/operating.md.
_LINK = re.compile(r"\[(?P<text>[^]]*)\]\(#[^)]*\)")


class Kind(NamedTuple):
    """A kind of trouble: what it means, what to do, how to see that it is over.

    It is alerted when it has lasted for so many minutes; `urgent` wakes somebody, for work stands still or
    is about to.
    """

    code: str
    means: str
    do: str
    over: str
    minutes: int
    urgent: bool = False

    def next_step(self) -> str:
        """What to do, where docs/operating.md is not at hand: without its links."""
        return _LINK.sub(r'"\g<text>" in docs/operating.md', self.do)


# Causes before what follows from them.
KINDS = (
    Kind(
        "postgres-down",
        "The database does not answer, or refuses everything.",
        "start PostgreSQL (`mofcom up`, `docker compose up -d postgres`) and read its log; where its data are "
        "lost, see [A store is lost](#a-store-is-lost)",
        "`mofcom psql -c 'SELECT 1'` answers",
        5,
        urgent=True,
    ),
    Kind(
        "kafka-down",
        "No broker answers. Nothing is lost: what is requested waits where it is.",
        "start Kafka (`mofcom up`, `docker compose up -d kafka`) and read its log; where its data are lost, see "
        "[A store is lost](#a-store-is-lost)",
        "the services are ready, and messages waiting go down",
        5,
        urgent=True,
    ),
    Kind(
        "blobs-down",
        "The blob store cannot be read or written: no access, no mount, a full disk.",
        "mount it, make room or correct its credentials: work goes on by itself",
        "the services are ready",
        5,
        urgent=True,
    ),
    Kind(
        "disk-nearly-full",
        "Less than a tenth, and less than 2 GiB, of the blob store's disk is free; below 64 MiB `mofcom up` ends.",
        "make room or move the data folder: `mofcom backup` to another disk first",
        "the line is gone at the next look",
        10,
        urgent=True,
    ),
    Kind(
        "schema-newer",
        "The database or an event was written by a later version of the program; this one waits.",
        "install the later version and start it; going back needs a backup from before the update",
        "`mofcom --version` is that of the init job's last run, and messages move",
        10,
        urgent=True,
    ),
    Kind(
        "memory-restoring",
        "The fetcher reads its memory from the blob store, since the database had lost it, or `mofcom rebuild` "
        "asked for it. Meanwhile it does not ask the archive.",
        "wait; then `mofcom rebuild` publishes what the tables lack",
        "the number of parts reaches 256",
        360,
    ),
    Kind(
        "archive-banned",
        "The archive throttles this address, or refuses its connections.",
        "nothing: the pause ends by itself, and asking earlier makes it longer; set MOFCOM_ARCHIVE_CONTACT, and "
        "see that nothing else asks the archive from this address",
        "`archive: open` in `mofcom status`",
        720,
    ),
    Kind(
        "archive-blocked",
        "What answers is not the archive, but a proxy, a firewall or a log-in; the line quotes it.",
        "set MOFCOM_ARCHIVE_PROXY, or have the way opened",
        "`archive: open` in `mofcom status`",
        30,
    ),
    Kind(
        "archive-down",
        "The archive does not answer, says that it is offline, or this machine has no network.",
        "nothing: it is probed at least every quarter of an hour; if it stays so, try https://web.archive.org from "
        "this machine",
        "`archive: open` in `mofcom status`",
        1440,
    ),
    *(
        Kind(
            f"{service}-stopped",
            f"Kafka knows no {service} at work: {effect}",
            f"start it (`mofcom up`, `docker compose up -d {service}`); its log says why it ended",
            "`mofcom status` shows a replica of it",
            10,
            urgent=True,
        )
        for service, effect in (
            ("fetcher", "nothing is fetched."),
            ("parser", "pages that were fetched are not read."),
            ("translator", "notices get no English."),
            ("indexer", "the tables stand still."),
        )
    ),
    Kind(
        "console-stopped",
        "The console does not answer: there are no pages for a browser, and no answers over HTTP. Nothing else needs it.",
        "start it (`mofcom up`, `docker compose up -d console`); its log says why it ended",
        "its /ready answers 200",
        10,
    ),
    Kind(
        "notifier-stopped",
        "The notifier does not answer: alerts are not sent, and nothing is published as `notice.changed`. It goes on "
        "where it was.",
        "start it (`mofcom up`, `docker compose up -d notifier`); its log says why it ended",
        "its /ready answers 200",
        10,
    ),
    Kind(
        "brake-on",
        "Most of a service's messages fail for no known reason: a release or a setting is broken. It goes on "
        "slowly; what fails is kept as dead letters.",
        "`mofcom dead-letters list`; mend the cause, then `mofcom dead-letters replay`",
        "fewer than 20 of the last 100 messages fail, and the line is gone",
        5,
        urgent=True,
    ),
    Kind(
        "no-progress",
        "Messages wait and a service has finished none for a long time.",
        "nothing at first: it ends after MOFCOM_STALL_SECONDS and is started again; if it stays so, read its log",
        "messages waiting go down",
        15,
        urgent=True,
    ),
    Kind(
        "not-ready",
        "A service waits for something else, which the line names.",
        "read its log",
        "its /ready answers 200",
        30,
    ),
    Kind(
        "model-missing",
        "No translation engine works: titles and standard wordings are rendered, the rest waits.",
        "give it the way to MOFCOM_FIREFOX_MODEL_MIRROR, or the files; or set MOFCOM_TRANSLATE_ENGINES=none",
        "the translator's /engines says null",
        60,
    ),
    Kind(
        "blobs-missing",
        "Bodies that the database names are not in the blob store: it was deleted, or another is mounted.",
        "see that MOFCOM_BLOB_URL is the right store; then `mofcom rebuild`",
        "the line is gone: all that it looked at are there",
        10,
        urgent=True,
    ),
    Kind(
        "lost-between-stages",
        "Pages that were fetched are not in the tables, and nothing is on the way to put them there.",
        "`mofcom rebuild`",
        "the number is 0",
        60,
    ),
    Kind(
        "lost-in-transit",
        "Requests without an outcome that their service has read past (the view pipeline_gap).",
        "nothing: the indexer requests them again within the minute; `mofcom reconcile` does so at once",
        "`SELECT count(*) FROM pipeline_gap` is 0",
        60,
    ),
    Kind(
        "english-missing",
        "Notices have waited for their English for more than an hour.",
        "`model-missing` or `translator-stopped` names the cause where there is one; else "
        "`mofcom retranslate --outdated`",
        "the number goes down: `SELECT count(*) FROM notices WHERE translation_state = 'pending'`",
        60,
    ),
    Kind(
        "readings-outdated",
        "Pages in the tables were read by an earlier parser.",
        "`mofcom reparse`",
        "`mofcom reparse` says that there is nothing to read again",
        1440,
    ),
    Kind(
        "watch-partial",
        "The archive's index broke off while a column of the watch list was listed.",
        "nothing at first: it is asked again within the hour; if it stays so, the line quotes the index",
        "the listing is complete, and the line gone",
        1440,
    ),
    Kind(
        "save-paused",
        "Nothing is put to Save Page Now.",
        "nothing if it names a limit; if the keys are refused, correct the file of MOFCOM_SAVE_KEY_FILE and "
        "restart the fetcher",
        "the line is gone",
        1560,
    ),
    Kind(
        "seeds-refused",
        "Lines of seeds files are no addresses.",
        "correct the lines that `SELECT * FROM refused_seeds` lists, with the reason of each",
        "the view is empty",
        60,
    ),
    Kind(
        "alerts-refused",
        "The file of alerts is invalid; those that it had before go on.",
        "correct seeds/alerts.toml, or the file that the line names",
        "the line is gone, a minute later",
        60,
    ),
    Kind(
        "alert-targets-disabled",
        "Targets of alerts were given up after a day, or have said that they are gone; what they miss is kept.",
        "`SELECT * FROM alert_troubles` says why; mend it, then save seeds/alerts.toml again (`touch`), or take "
        "the target out",
        "the line is gone, and what waited is sent",
        60,
    ),
    Kind(
        "dead-letters",
        "Messages could not be processed; they are kept whole.",
        "`mofcom dead-letters list`, then `replay` or `drop`",
        "`mofcom dead-letters list` is empty",
        10,
    ),
)

BY_CODE = {kind.code: kind for kind in KINDS}
