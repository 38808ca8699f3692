namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>What a journal entry holds. The numbers are on disk: never reuse one.</summary>
public enum JournalEntryKind
{
    /// <summary>A good packet.</summary>
    Packet = 1,

    /// <summary>A payload that is no good, with its reason.</summary>
    Quarantine = 2,

    /// <summary>A thinned row: what is left of a run of packets that the overflow policy gave up.</summary>
    Thinned = 3,

    /// <summary>Names a run of entries that a store will not get as they were (<see cref="Domain.Losses.LossRecord"/>).</summary>
    Loss = 4,
}
