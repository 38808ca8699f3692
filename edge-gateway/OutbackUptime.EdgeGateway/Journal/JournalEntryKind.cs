namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>What a journal entry holds. The numbers are on disk: never reuse one.</summary>
public enum JournalEntryKind
{
    /// <summary>A good packet.</summary>
    Packet = 1,

    /// <summary>A payload that is no good, with its reason.</summary>
    Quarantine = 2,
}
