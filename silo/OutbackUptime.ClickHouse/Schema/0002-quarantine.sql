-- What was published and is no packet, with its reason. Keyed by its place in the gateway's journal.
CREATE TABLE IF NOT EXISTS quarantine
(
    station        LowCardinality(String),
    journal_epoch  UUID,
    journal_offset UInt64,
    hub            LowCardinality(String),
    topic          String CODEC(ZSTD(1)),
    received_at    DateTime64(6, 'UTC'),
    reason_code    LowCardinality(String),
    reason         String CODEC(ZSTD(1)),
    payload        String CODEC(ZSTD(1)),
    committed_at   DateTime64(6, 'UTC') DEFAULT now64(6, 'UTC')
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(received_at)
ORDER BY (station, journal_epoch, journal_offset)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE VIEW IF NOT EXISTS quarantined AS
SELECT station, journal_epoch, journal_offset, hub, topic, received_at, reason_code, reason, payload, committed_at
FROM quarantine FINAL
SETTINGS do_not_merge_across_partitions_select_final = 0;
