namespace OutbackUptime.Domain.Overflow;

/// <summary>What the overflow policy does next.</summary>
public enum OverflowStep
{
    /// <summary>Nothing: there is room, or nothing left that may be given up.</summary>
    None,

    /// <summary>Drop the oldest packets that one region has already: they stay in its store.</summary>
    DropHeldPackets,

    /// <summary>Drop the oldest quarantined and thinned entries that one region has already.</summary>
    DropHeldOthers,

    /// <summary>Thin the oldest packets, which no region has.</summary>
    Thin,
}
