-- Per hub, metric and minute, for the live heat-map. Idempotent aggregates only: the view below sees each insert, also
-- those that write a row again, so a sum or a count would be wrong. min, max, argMax and uniq of keys are not changed by it.
CREATE TABLE IF NOT EXISTS readings_minute
(
    station LowCardinality(String),
    hub     LowCardinality(String),
    metric  LowCardinality(String),
    minute  DateTime('UTC') CODEC(DoubleDelta, ZSTD(1)),
    low     SimpleAggregateFunction(min, Float64) CODEC(Gorilla, ZSTD(1)),
    high    SimpleAggregateFunction(max, Float64) CODEC(Gorilla, ZSTD(1)),
    latest  AggregateFunction(argMax, Float64, DateTime64(3, 'UTC')),
    packets AggregateFunction(uniq, UInt64, UInt64)
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(minute)
ORDER BY (station, hub, metric, minute)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS readings_minute_feed TO readings_minute AS
SELECT station, hub, name AS metric, toStartOfMinute(toDateTime(event_time, 'UTC')) AS minute,
       min(value) AS low, max(value) AS high, argMaxState(value, event_time) AS latest, uniqState(boot, seq) AS packets
FROM readings
ARRAY JOIN mapKeys(metrics) AS name, mapValues(metrics) AS value
GROUP BY station, hub, metric, minute;

CREATE VIEW IF NOT EXISTS heatmap_minute AS
SELECT station, hub, metric, minute, min(low) AS low, max(high) AS high,
       argMaxMerge(latest) AS latest, uniqMerge(packets) AS packets
FROM readings_minute
GROUP BY station, hub, metric, minute;
