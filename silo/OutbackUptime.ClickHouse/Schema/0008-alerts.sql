-- Alerts and what was told of them. The id of an alert is made of station, hub, rule and the event time that opened it, so two
-- regions that find the same episode write the same row; the later change has the higher version.
CREATE TABLE IF NOT EXISTS alerts
(
    station         LowCardinality(String),
    alert_id        String,
    hub             LowCardinality(String),
    rule            LowCardinality(String),
    severity        Enum8('info' = 1, 'warning' = 2, 'critical' = 3),
    state           Enum8('open' = 1, 'acknowledged' = 2, 'cleared' = 3),
    opened_at       DateTime64(3, 'UTC'),
    changed_at      DateTime64(3, 'UTC'),
    level           UInt8,
    summary         String CODEC(ZSTD(1)),
    facts           Map(LowCardinality(String), Float64) CODEC(ZSTD(1)),
    acknowledged_by String,
    version         UInt64
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMM(opened_at)
ORDER BY (station, alert_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE VIEW IF NOT EXISTS alert_states AS
SELECT station, alert_id, hub, rule, severity, state, opened_at, changed_at, level, summary, facts, acknowledged_by
FROM alerts FINAL;

-- One row for each notice and channel: what is here with delivered = true is not sent again, whichever region sends.
CREATE TABLE IF NOT EXISTS alert_notices
(
    station      LowCardinality(String),
    alert_id     String,
    kind         LowCardinality(String),
    level        UInt8,
    channel      LowCardinality(String),
    delivered    Bool,
    attempted_at DateTime64(3, 'UTC'),
    detail       String CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree(attempted_at)
PARTITION BY toYYYYMM(attempted_at)
ORDER BY (station, alert_id, kind, level, channel)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE VIEW IF NOT EXISTS notices AS
SELECT n.station AS station, n.alert_id AS alert_id, n.kind AS kind, n.level AS level, n.channel AS channel,
       max(n.delivered) AS delivered, max(n.attempted_at) AS attempted_at, argMax(n.detail, n.attempted_at) AS detail
FROM alert_notices AS n
GROUP BY n.station, n.alert_id, n.kind, n.level, n.channel;
