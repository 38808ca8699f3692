using ClickHouse.Driver;
using ClickHouse.Driver.ADO.Parameters;
using ClickHouse.Driver.Utility;
using OutbackUptime.Grains.Stores;

namespace OutbackUptime.ClickHouse.Reading;

/// <summary>Reads what a new activation needs to know: which packets a store already holds.</summary>
internal sealed class RecentKeysReader(ClickHouseClient client, string database, TimeSpan timeout)
{
    /// <summary>Packets received longer ago are not looked for: they are written again if they come again, which is harmless.</summary>
    private const int WindowHours = 24;

    /// <summary>Most keys read for a station.</summary>
    private const int MaxKeys = 500_000;

    public async Task<IReadOnlyList<CommittedKey>> ReadAsync(string station, int perBoot, CancellationToken cancellationToken)
    {
        var parameters = new ClickHouseParameterCollection();
        parameters.AddParameter("station", station);
        parameters.AddParameter("per_boot", perBoot);
        var options = new QueryOptions { Database = database, MaxExecutionTime = timeout };
        var keys = new List<CommittedKey>();
        await using var reader = await client.ExecuteReaderAsync(
            $"""
            SELECT DISTINCT hub, boot, seq, payload_hash
            FROM readings
            WHERE station = {"{station:String}"} AND received_at >= now() - INTERVAL {WindowHours} HOUR
            ORDER BY hub, boot DESC, seq DESC
            LIMIT {"{per_boot:Int32}"} BY hub, boot
            LIMIT {MaxKeys}
            """,
            parameters,
            options,
            cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            keys.Add(new CommittedKey(reader.GetString(0), (long)(ulong)reader.GetValue(1), (long)(ulong)reader.GetValue(2), (ulong)reader.GetValue(3)));
        }

        return keys;
    }
}
