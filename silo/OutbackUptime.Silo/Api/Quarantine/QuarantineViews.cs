namespace OutbackUptime.Silo.Api.Quarantine;

/// <summary>Something that was published and is no packet.</summary>
/// <param name="Station">Station id.</param>
/// <param name="JournalEpoch">The gateway's journal.</param>
/// <param name="JournalOffset">Its place there.</param>
/// <param name="Hub">Hub id; empty where the topic named none.</param>
/// <param name="Topic">MQTT topic.</param>
/// <param name="ReceivedAt">The gateway's receipt.</param>
/// <param name="ReasonCode">Stable, e.g. `metric-not-finite`.</param>
/// <param name="Reason">What was wrong.</param>
/// <param name="Payload">What was sent, as text; bytes that are no UTF-8 are replaced.</param>
/// <param name="PayloadBase64">What was sent, byte for byte.</param>
/// <param name="Replayed">What became of it by a replay; null when there was none.</param>
internal sealed record QuarantineView(
    string Station, Guid JournalEpoch, long JournalOffset, string Hub, string Topic, DateTimeOffset ReceivedAt, string ReasonCode, string Reason,
    string Payload, string PayloadBase64, ReplayView? Replayed);

/// <summary>A replay, as the audit trail has it.</summary>
internal sealed record ReplayView(string Hub, long Boot, long Seq, bool Corrected, string By, DateTimeOffset At, string Note);

/// <summary>How many entries have a reason.</summary>
internal sealed record ReasonCount(string Station, string ReasonCode, long Entries, DateTimeOffset NewestAt);

/// <summary>What to write instead of the quarantined payload.</summary>
/// <param name="Payload">The corrected payload (a packet in JSON); null to parse again what was sent.</param>
/// <param name="Hub">The hub, where the entry names none.</param>
/// <param name="Boot">The boot, where the payload has none; else that of the hub's packet before it.</param>
/// <param name="Note">Why, for the audit trail; at most 500 characters.</param>
internal sealed record ReplayRequest(string? Payload, string? Hub, long? Boot, string? Note);

/// <summary>What became of a replay.</summary>
/// <param name="Status">`replayed`: written now; `already`: it was written before, nothing was done.</param>
/// <param name="Committed">Regions whose store holds the reading.</param>
/// <param name="Replay">The audit trail's row.</param>
internal sealed record ReplayResult(string Status, IReadOnlyList<string> Committed, ReplayView Replay);
