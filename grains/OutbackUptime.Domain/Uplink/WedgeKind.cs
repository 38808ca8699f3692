namespace OutbackUptime.Domain.Uplink;

/// <summary>How a connection that says "connected" moves nothing.</summary>
public enum WedgeKind
{
    /// <summary>It moves, or has no reason to.</summary>
    None,

    /// <summary>Frames are in flight and nothing comes back.</summary>
    Silence,

    /// <summary>Something is owed and nothing is committed, whatever is answered, or whyever nothing can be sent.</summary>
    Standstill,
}
