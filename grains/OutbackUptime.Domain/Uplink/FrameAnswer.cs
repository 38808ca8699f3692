namespace OutbackUptime.Domain.Uplink;

/// <summary>What a region answered to a frame.</summary>
public enum FrameAnswer
{
    /// <summary>Some regions have committed, the others' answer follows.</summary>
    Partial,

    /// <summary>Every owed region has answered.</summary>
    Final,

    /// <summary>Nothing is known; send again later.</summary>
    Retry,

    /// <summary>The frame breaks the contract.</summary>
    Rejected,
}
