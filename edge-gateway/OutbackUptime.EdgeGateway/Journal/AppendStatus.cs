namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>What became of an append.</summary>
public enum AppendStatus
{
    /// <summary>Journaled as a packet, fsynced.</summary>
    Accepted,

    /// <summary>The same packet is journaled already, or was and is safe: acknowledge it.</summary>
    Duplicate,

    /// <summary>Journaled as quarantine, fsynced.</summary>
    Quarantined,

    /// <summary>The journal is at its quota. Nothing was written.</summary>
    QuotaExceeded,
}
