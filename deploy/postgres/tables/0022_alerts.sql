-- What the notifier remembers: alerts of alerts.toml, how far each has read, what it has to tell and to whom.
CREATE SCHEMA notifier;

CREATE TABLE notifier.alert (
    name text PRIMARY KEY,
    asked jsonb NOT NULL,
    how_often text NOT NULL CHECK (how_often IN ('at once', 'daily', 'weekly')),
    began_at timestamptz NOT NULL DEFAULT now(),
    -- The newest change before it began: a notice that came later may be told when its English comes.
    began_after bigint NOT NULL,
    digest_at timestamptz,
    told_at timestamptz
);

-- How far a reader has read a log: an alert by its name, or the publisher of the topic notice.changed, whose
-- name is empty.
CREATE TABLE notifier.cursor (
    reader text NOT NULL,
    log text NOT NULL CHECK (log IN ('changes', 'statuses')),
    sequence bigint NOT NULL,
    PRIMARY KEY (reader, log)
);
INSERT INTO notifier.cursor (reader, log, sequence) VALUES ('', 'changes', 0), ('', 'statuses', 0);

-- The status of each notice and list entry when they were last looked at.
CREATE TABLE notifier.status (
    subject text PRIMARY KEY,
    notice_key text NOT NULL,
    entry jsonb,
    status text NOT NULL,
    until timestamptz,
    by_notice_key text
);

CREATE TABLE notifier.status_change (
    sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    notice_key text NOT NULL,
    entry jsonb,
    old_status text NOT NULL,
    status text NOT NULL,
    until timestamptz,
    by_notice_key text,
    at timestamptz NOT NULL
);

CREATE TABLE notifier.match (
    alert text NOT NULL REFERENCES notifier.alert ON DELETE CASCADE,
    log text NOT NULL CHECK (log IN ('changes', 'statuses')),
    sequence bigint NOT NULL,
    id text NOT NULL,
    notice_key text NOT NULL,
    -- Null when it is too old for the feed.
    content jsonb,
    matched_at timestamptz NOT NULL DEFAULT now(),
    told boolean NOT NULL DEFAULT false,
    PRIMARY KEY (alert, log, sequence)
);
CREATE INDEX match_untold ON notifier.match (alert) WHERE NOT told;
CREATE INDEX match_notice_key ON notifier.match (alert, notice_key);

CREATE TABLE notifier.target (
    alert text NOT NULL REFERENCES notifier.alert ON DELETE CASCADE,
    target text NOT NULL,
    failing_since timestamptz,
    failures int NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL DEFAULT '-infinity',
    disabled_at timestamptz,
    error text,
    PRIMARY KEY (alert, target)
);

CREATE TABLE notifier.delivery (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    alert text NOT NULL,
    target text NOT NULL,
    id text NOT NULL,
    items jsonb NOT NULL,
    made_at timestamptz NOT NULL DEFAULT now(),
    sent_at timestamptz,
    UNIQUE (alert, target, id),
    FOREIGN KEY (alert, target) REFERENCES notifier.target ON DELETE CASCADE
);
CREATE INDEX delivery_waiting ON notifier.delivery (alert, target, number) WHERE sent_at IS NULL;

-- Of alerts.toml and what it names: as it was when it was last applied, and what is wrong with it now.
CREATE TABLE notifier.file (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    stamp text,
    problem text,
    at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO notifier.file DEFAULT VALUES;
