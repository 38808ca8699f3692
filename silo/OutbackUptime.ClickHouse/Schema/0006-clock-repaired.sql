-- A claim that the gateway could repair: event_time = hub_time + the offset of the hub's clock within its boot. The view is
-- made again, since it keeps the types of the columns that it reads.
ALTER TABLE readings MODIFY COLUMN clock_quality Enum8('hub_clock' = 0, 'no_claim' = 1, 'claim_too_old' = 2, 'claim_in_future' = 3, 'repaired' = 4);

CREATE OR REPLACE VIEW packets AS
SELECT station, hub, boot, seq, boot_assigned, payload_hash, hub_time, received_at, event_time, clock_quality,
       journal_epoch, journal_offset, metrics, committed_at
FROM readings FINAL
SETTINGS do_not_merge_across_partitions_select_final = 0;
