-- The roll-up off the insert's path: it gathers in memory and becomes one part every second or two, not one for each INSERT.
-- It is derived and idempotent, so it needs no fsync: what a store that dies still had in memory is fed again from readings
-- (ClickHouseInserter.PrepareAsync). The new feed is made before the old one goes: fed twice is harmless, not at all is not.
ALTER TABLE readings_minute MODIFY SETTING fsync_after_insert = 0, fsync_part_directory = 0;

CREATE TABLE IF NOT EXISTS readings_minute_buffer AS readings_minute
ENGINE = Buffer(currentDatabase(), readings_minute, 4, 1, 2, 10000, 100000, 1000000, 100000000);

CREATE MATERIALIZED VIEW IF NOT EXISTS readings_minute_buffer_feed TO readings_minute_buffer AS
SELECT station, hub, name AS metric, toStartOfMinute(toDateTime(event_time, 'UTC')) AS minute,
       min(value) AS low, max(value) AS high, argMaxState(value, event_time) AS latest, uniqState(boot, seq) AS packets
FROM readings
ARRAY JOIN mapKeys(metrics) AS name, mapValues(metrics) AS value
GROUP BY station, hub, metric, minute;

DROP VIEW IF EXISTS readings_minute_feed;

CREATE OR REPLACE VIEW heatmap_minute AS
SELECT station, hub, metric, minute, min(low) AS low, max(high) AS high,
       argMaxMerge(latest) AS latest, uniqMerge(packets) AS packets
FROM readings_minute_buffer
GROUP BY station, hub, metric, minute;

-- Merges of small parts cost as much CPU as the inserts did (rows merged : rows inserted was 10 : 1, and is 6 : 1).
ALTER TABLE readings MODIFY SETTING merge_selector_base = 8;
