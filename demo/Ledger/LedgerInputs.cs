namespace OutbackUptime.Ledger;

/// <summary>What the ledger is drawn up from.</summary>
public sealed record LedgerInputs
{
    /// <summary>Gateways' own packets (canaries) are of this hub at every station: nobody records them, and they are passed over.</summary>
    public const string GatewayHub = "gateway";

    /// <summary>Hub records, complete: all runs whose packets are in the stores, their hubs stopped.</summary>
    public required IReadOnlyList<string> RecordFiles { get; init; }

    /// <summary>The stores.</summary>
    public required IReadOnlyList<StoreEndpoint> Stores { get; init; }

    /// <summary>Gateways' journals (SQLite files; their gateways may be running).</summary>
    public IReadOnlyList<string> JournalFiles { get; init; } = [];

    /// <summary>
    /// Whether everything acknowledged must be in every store by now. False: what a journal still holds for a store is told, but is no fault.
    /// </summary>
    public bool StoresWhole { get; init; } = true;

    /// <summary>Hubs (ids) that no simulator speaks for, e.g. one used by hand: their rows are passed over.</summary>
    public IReadOnlySet<string> GuestHubs { get; init; } = new HashSet<string>();

    /// <summary>The stores' database.</summary>
    public string Database { get; init; } = "outback";
}
