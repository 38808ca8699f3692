namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>One durable entry of the journal.</summary>
/// <param name="Offset">Its place; rises, never reused.</param>
/// <param name="Kind">Packet or quarantine.</param>
/// <param name="Hub">Hub id; empty for quarantined entries whose topic named none.</param>
/// <param name="Boot">Restart epoch; 0 for quarantined entries.</param>
/// <param name="BootAssigned">Whether the gateway assigned the boot.</param>
/// <param name="Seq">Packet number; 0 for quarantined entries.</param>
/// <param name="ReceivedAt">Gateway's clock at receipt.</param>
/// <param name="AppendedTimestamp">TimeProvider.GetTimestamp() when its commit returned; 0 for entries of an earlier process.</param>
/// <param name="Payload">The MQTT payload (quarantine: cut to the limit).</param>
/// <param name="Topic">Quarantine only: the MQTT topic.</param>
/// <param name="ReasonCode">Quarantine only: stable code.</param>
/// <param name="Reason">Quarantine only: sentence.</param>
public sealed record JournalEntry(
    long Offset,
    JournalEntryKind Kind,
    string Hub,
    long Boot,
    bool BootAssigned,
    long Seq,
    DateTimeOffset ReceivedAt,
    long AppendedTimestamp,
    ReadOnlyMemory<byte> Payload,
    string Topic,
    string ReasonCode,
    string Reason)
{
    /// <summary>The packet's event time where its hub's claim was wrong and could be repaired; else the region judges the claim.</summary>
    public DateTimeOffset? RepairedTime { get; init; }

    /// <summary>What tells a redelivery of a packet that its hub has not numbered; 0 for others, which their payload's hash tells.</summary>
    public ulong Identity { get; init; }

    /// <summary>TimeProvider.GetTimestamp() when the gateway received it; 0 for entries of an earlier process.</summary>
    public long ReceivedTimestamp { get; init; }

    /// <summary>The trace that the packet belongs to (W3C traceparent). In memory only: a restart forgets it, and what has left the cache.</summary>
    public string? TraceParent { get; init; }
}
