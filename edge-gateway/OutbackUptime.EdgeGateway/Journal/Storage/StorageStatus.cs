namespace OutbackUptime.EdgeGateway.Journal.Storage;

/// <summary>The state of the journal's disk.</summary>
/// <param name="Trouble">What is wrong.</param>
/// <param name="Since">Since when; null when nothing is.</param>
/// <param name="Detail">The disk's last words.</param>
public sealed record StorageStatus(StorageTrouble Trouble, DateTimeOffset? Since, string Detail)
{
    /// <summary>All is well.</summary>
    public static StorageStatus Good { get; } = new(StorageTrouble.None, null, "");
}
