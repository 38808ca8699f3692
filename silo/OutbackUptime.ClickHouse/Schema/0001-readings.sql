-- Packets. Raw and authoritative: everything else can be rebuilt from it. Written at least once, read exactly once
-- (view packets): a row is idempotent by its key, and of two that share a key the one received first stays, in both regions.
-- An insert is fsynced before it is answered. A merge is not: its source parts stay for old_parts_lifetime (8 min), far
-- longer than dirty pages stay unwritten.
CREATE TABLE IF NOT EXISTS readings
(
    station        LowCardinality(String),
    hub            LowCardinality(String),
    boot           UInt64 CODEC(Delta, ZSTD(1)),
    seq            UInt64 CODEC(DoubleDelta, ZSTD(1)),
    boot_assigned  Bool,
    payload_hash   UInt64 CODEC(NONE),
    hub_time       Nullable(DateTime64(3, 'UTC')) CODEC(Delta, ZSTD(1)),
    received_at    DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    event_time     DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    clock_quality  Enum8('hub_clock' = 0, 'no_claim' = 1, 'claim_too_old' = 2, 'claim_in_future' = 3),
    journal_epoch  UUID CODEC(ZSTD(1)),
    journal_offset UInt64 CODEC(DoubleDelta, ZSTD(1)),
    metrics        Map(LowCardinality(String), Float64) CODEC(ZSTD(1)),
    committed_at   DateTime64(6, 'UTC') DEFAULT now64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    version        UInt64 MATERIALIZED 18446744073709551615 - toUInt64(toUnixTimestamp64Micro(received_at)) CODEC(ZSTD(1)),
    -- Within a hub and boot rows are in order of time, so this finds the newest without reading the rest.
    INDEX by_received received_at TYPE minmax GRANULARITY 1,
    INDEX by_committed committed_at TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMM(received_at)
ORDER BY (station, hub, boot, seq)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- The exact view: every key once, also where its duplicates lie in different months.
CREATE VIEW IF NOT EXISTS packets AS
SELECT station, hub, boot, seq, boot_assigned, payload_hash, hub_time, received_at, event_time, clock_quality,
       journal_epoch, journal_offset, metrics, committed_at
FROM readings FINAL
SETTINGS do_not_merge_across_partitions_select_final = 0;
