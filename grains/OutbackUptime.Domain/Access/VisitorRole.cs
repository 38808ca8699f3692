namespace OutbackUptime.Domain.Access;

/// <summary>What a credential is for.</summary>
public enum VisitorRole
{
    /// <summary>Publishes its own packets, and may read what the gateway says about it.</summary>
    Hub,

    /// <summary>Reads what happens at its station, and publishes nothing.</summary>
    Watcher,
}
