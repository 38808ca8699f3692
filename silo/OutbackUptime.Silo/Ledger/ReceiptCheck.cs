using OutbackUptime.ClickHouse.Querying;
using OutbackUptime.Grains.Stores;

namespace OutbackUptime.Silo.Ledger;

/// <summary>Reads back from a store what it was said to have. Nothing is taken from what the writer or the grain believes.</summary>
internal static class ReceiptCheck
{
    // By the sorting key, so few granules are read. No time in the condition: of two rows of a key the first received stays.
    private const string Sql =
        """
        SELECT DISTINCT hub, boot, seq FROM readings
        WHERE station = {station:String} AND (hub, boot, seq) IN
              (SELECT key.1, key.2, key.3 FROM (SELECT arrayJoin(arrayZip({hubs:Array(String)}, {boots:Array(UInt64)}, {seqs:Array(UInt64)})) AS key))
        """;

    /// <summary>The packets that the store does not have. Throws <see cref="StoreUnreadableException"/>.</summary>
    public static async Task<IReadOnlyList<ReadingRow>> MissingAsync(IStoreReader store, string station, IReadOnlyList<ReadingRow> packets, CancellationToken cancellationToken)
    {
        var parameters = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["station"] = station,
            ["hubs"] = packets.Select(p => p.Hub).ToArray(),
            ["boots"] = packets.Select(p => (ulong)p.Boot).ToArray(),
            ["seqs"] = packets.Select(p => (ulong)p.Seq).ToArray(),
        };
        var rows = await store.QueryAsync(Sql, parameters, r => (Hub: r.GetString(0), Boot: (long)(ulong)r.GetValue(1), Seq: (long)(ulong)r.GetValue(2)), cancellationToken).ConfigureAwait(false);
        var there = rows.ToHashSet();
        return [.. packets.Where(p => !there.Contains((p.Hub, p.Boot, p.Seq)))];
    }
}
