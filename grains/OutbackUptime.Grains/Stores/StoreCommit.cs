namespace OutbackUptime.Grains.Stores;

/// <summary>What became of a batch.</summary>
/// <param name="Committed">True: every row is fsynced in the store. False: nothing is known; writing again is safe.</param>
/// <param name="Detail">Why not, for people; empty when committed.</param>
public readonly record struct StoreCommit(bool Committed, string Detail)
{
    /// <summary>All rows are fsynced.</summary>
    public static StoreCommit Done { get; } = new(true, "");

    /// <summary>The store could not be written.</summary>
    public static StoreCommit Failed(string detail) => new(false, detail);
}
