-- The uptime ledger: for each hub and minute the first dead hop on its way to the screen. A verdict is corrected when a backlog
-- arrives: the row with the higher version stays. Derived from packets and beats, and idempotent by key: no fsync.
CREATE TABLE IF NOT EXISTS uptime
(
    station   LowCardinality(String),
    hub       LowCardinality(String),
    minute    DateTime('UTC') CODEC(DoubleDelta, ZSTD(1)),
    verdict   Enum8('up' = 1, 'hub-down' = 2, 'gateway-down' = 3, 'link-down' = 4, 'region-down' = 5, 'ours' = 6, 'unknown' = 7),
    late      Bool,
    judged_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    version   UInt64 CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMM(minute)
ORDER BY (station, hub, minute);

CREATE VIEW IF NOT EXISTS uptime_minutes AS
SELECT station, hub, minute, verdict, late, judged_at
FROM uptime FINAL;

-- Minutes by cause. Uptime in per cent: up / (all - unknown).
CREATE VIEW IF NOT EXISTS uptime_daily AS
SELECT station, hub, toDate(minute) AS day, verdict, count() AS minutes
FROM uptime FINAL
GROUP BY station, hub, day, verdict;
