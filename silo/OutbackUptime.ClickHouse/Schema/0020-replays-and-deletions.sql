-- What people did, kept in both stores. A replay: a quarantined entry that was written as a reading after all, as it was or
-- corrected; keyed by the entry, so that doing it twice leaves one row.
CREATE TABLE IF NOT EXISTS replays
(
    station        LowCardinality(String),
    journal_epoch  UUID,
    journal_offset UInt64,
    hub            LowCardinality(String),
    boot           UInt64,
    seq            UInt64,
    payload_hash   UInt64,
    corrected      Bool,
    payload        String CODEC(ZSTD(1)),
    reason_code    LowCardinality(String),
    replayed_by    String,
    replayed_at    DateTime64(3, 'UTC'),
    note           String CODEC(ZSTD(1)),
    -- Of two, the first stays.
    version        UInt64 MATERIALIZED 18446744073709551615 - toUInt64(toUnixTimestamp64Milli(replayed_at))
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (station, journal_epoch, journal_offset)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- Receipts of deletions: what, how much, when, by whom, and that nothing was left. They name the station and hold none of its data.
CREATE TABLE IF NOT EXISTS deletions
(
    receipt_id      String,
    station         LowCardinality(String),
    requested_by    String,
    requested_at    DateTime64(3, 'UTC'),
    deleted_at      DateTime64(3, 'UTC'),
    manifest_sha256 String,
    receipt         String CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree
ORDER BY (station, receipt_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
