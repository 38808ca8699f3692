-- The table that the peers write: what a packet says and when it came, as in our `readings`, with the same fsyncs.
-- A plain MergeTree, so that every copy of a packet can be counted.
CREATE TABLE IF NOT EXISTS peers.packets
(
    station      LowCardinality(String),
    hub          LowCardinality(String),
    boot         UInt64 CODEC(Delta, ZSTD(1)),
    seq          UInt64 CODEC(DoubleDelta, ZSTD(1)),
    hub_time     DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
    received_at  DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    metrics      Map(LowCardinality(String), Float64) CODEC(ZSTD(1)),
    committed_at DateTime64(6, 'UTC') DEFAULT now64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    INDEX by_committed committed_at TYPE minmax GRANULARITY 1
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(received_at)
ORDER BY (station, hub, boot, seq)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
