-- Kafka may lose the fetcher's offsets and deliver everything that was ever requested again. What was
-- stored is found in fetcher.answered; what failed was asked of the archive once more.
CREATE TABLE fetcher.ending (
    id text PRIMARY KEY,
    attempt bigint NOT NULL,
    asked_at timestamptz NOT NULL,
    event json,
    gave_up json,
    CHECK ((event IS NULL) <> (gave_up IS NULL))
);
COMMENT ON TABLE fetcher.ending IS
    'How a request that ended without a body, or an address of many captures, ended last.';
COMMENT ON COLUMN fetcher.ending.id IS 'Of the request, or of the address.';
COMMENT ON COLUMN fetcher.ending.asked_at IS
    'When somebody asked; one who asks later does not mean the same attempt.';
COMMENT ON COLUMN fetcher.ending.event IS 'The event that was published; null for a dead letter.';
COMMENT ON COLUMN fetcher.ending.gave_up IS 'The reason, detail and time of a dead letter.';

ALTER TABLE fetcher.answered ADD COLUMN detail text;
COMMENT ON COLUMN fetcher.answered.detail IS 'What is special about it: what was taken instead.';
