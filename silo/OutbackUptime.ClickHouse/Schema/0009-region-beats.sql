-- Each silo's sign of life, in every store that it reaches: tells a dead region from a dead link, and which region watches a station.
CREATE TABLE IF NOT EXISTS region_beats
(
    region    LowCardinality(String),
    silo      LowCardinality(String),
    at        DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    stations  UInt32,
    stores_up Array(LowCardinality(String))
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(at)
ORDER BY (region, silo, at)
TTL toDateTime(at) + INTERVAL 30 DAY;

CREATE VIEW IF NOT EXISTS beats AS
SELECT region, silo, at, stations, stores_up
FROM region_beats FINAL;
