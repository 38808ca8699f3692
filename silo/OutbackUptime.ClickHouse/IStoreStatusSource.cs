namespace OutbackUptime.ClickHouse;

/// <summary>How the stores are doing, for status pages.</summary>
public interface IStoreStatusSource
{
    /// <summary>One per region.</summary>
    IReadOnlyList<StoreStatus> Current { get; }
}
