namespace OutbackUptime.Domain.Uptime;

/// <summary>What a hub was in one slot.</summary>
internal enum HubState : byte
{
    /// <summary>Never heard by then.</summary>
    Unheard,

    /// <summary>It lived, as far as anybody could know.</summary>
    Alive,

    /// <summary>It was silent, with a gateway that would have heard it.</summary>
    Silent,
}
