-- What gateways' journals gave up, named (a gap is never without a cause), and what is left of packets that they thinned. Both
-- keyed by their place in the journal, like quarantine: written again they collapse.
CREATE TABLE IF NOT EXISTS loss_records
(
    station        LowCardinality(String),
    journal_epoch  UUID,
    journal_offset UInt64,
    received_at    DateTime64(6, 'UTC'),
    cause          Enum8('damaged' = 1, 'evicted' = 2, 'thinned' = 3),
    first_offset   UInt64,
    last_offset    UInt64,
    packets        UInt64,
    hub            LowCardinality(String),
    boot           UInt64,
    first_seq      UInt64,
    last_seq       UInt64,
    missing_in     Array(LowCardinality(String)),
    detail         String CODEC(ZSTD(1)),
    committed_at   DateTime64(6, 'UTC') DEFAULT now64(6, 'UTC')
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(received_at)
ORDER BY (station, journal_epoch, journal_offset)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- A record grows while it waits in the journal: the later one of the same cause, hub, boot and first offset contains the earlier.
CREATE VIEW IF NOT EXISTS losses AS
SELECT station, journal_epoch, journal_offset, received_at, cause, first_offset, last_offset, packets, hub, boot, first_seq, last_seq,
       missing_in, detail, committed_at
FROM loss_records FINAL
ORDER BY journal_offset DESC
LIMIT 1 BY station, journal_epoch, cause, hub, boot, first_offset
SETTINGS do_not_merge_across_partitions_select_final = 0;

CREATE TABLE IF NOT EXISTS thinned_rows
(
    station        LowCardinality(String),
    journal_epoch  UUID,
    journal_offset UInt64,
    received_at    DateTime64(6, 'UTC'),
    hub            LowCardinality(String),
    boot           UInt64,
    first_seq      UInt64,
    last_seq       UInt64,
    packets        UInt64,
    bucket         DateTime('UTC') CODEC(DoubleDelta, ZSTD(1)),
    low            Map(LowCardinality(String), Float64) CODEC(ZSTD(1)),
    mean           Map(LowCardinality(String), Float64) CODEC(ZSTD(1)),
    high           Map(LowCardinality(String), Float64) CODEC(ZSTD(1)),
    latest         Map(LowCardinality(String), Float64) CODEC(ZSTD(1)),
    committed_at   DateTime64(6, 'UTC') DEFAULT now64(6, 'UTC')
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(received_at)
ORDER BY (station, journal_epoch, journal_offset)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE VIEW IF NOT EXISTS thinned AS
SELECT station, journal_epoch, journal_offset, received_at, hub, boot, first_seq, last_seq, packets, bucket, low, mean, high, latest, committed_at
FROM thinned_rows FINAL
SETTINGS do_not_merge_across_partitions_select_final = 0;
