namespace OutbackUptime.Grains.Stations;

/// <summary>A station's activation on this silo.</summary>
/// <param name="Station">Station id.</param>
/// <param name="HomeRegion">Its home, as the registry said at activation; empty when it was not in the registry.</param>
/// <param name="ActivatedAt">When.</param>
public sealed class StationActivation(string Station, string HomeRegion, DateTimeOffset ActivatedAt)
{
    private long _packets;
    private long _duplicates;

    /// <summary>Station id.</summary>
    public string Station { get; } = Station;

    /// <summary>Its home, as the registry said at activation; empty when it was not in the registry.</summary>
    public string HomeRegion { get; } = HomeRegion;

    /// <summary>When it was activated.</summary>
    public DateTimeOffset ActivatedAt { get; } = ActivatedAt;

    /// <summary>Packets taken in since.</summary>
    public long Packets => Interlocked.Read(ref _packets);

    /// <summary>(packet, region) pairs among them that were held already.</summary>
    public long Duplicates => Interlocked.Read(ref _duplicates);

    internal void OnFrame(int packets, int duplicates)
    {
        Interlocked.Add(ref _packets, packets);
        Interlocked.Add(ref _duplicates, duplicates);
    }
}
