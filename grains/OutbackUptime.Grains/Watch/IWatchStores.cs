namespace OutbackUptime.Grains.Watch;

/// <summary>The stores of all regions, for the watch.</summary>
public interface IWatchStores
{
    /// <summary>One per region, in the order of their names.</summary>
    IReadOnlyList<IWatchStore> All { get; }
}
