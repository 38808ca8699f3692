using ClickHouse.Driver;
using ClickHouse.Driver.ADO.Parameters;
using ClickHouse.Driver.Utility;
using OutbackUptime.Grains.Stores;

namespace OutbackUptime.ClickHouse.Reading;

/// <summary>
/// Reads what new activations need to know: which packets a store already holds. One query is under way at a time, and those who ask
/// meanwhile share the next: when a region is lost, hundreds of stations ask at once.
/// </summary>
internal sealed class RecentKeysReader(ClickHouseClient client, string database, TimeSpan timeout, TimeProvider time)
{
    /// <summary>Packets received longer ago are not looked for: they are written again if they come again, which is harmless.</summary>
    private const int WindowHours = 24;

    /// <summary>Most stations in a query.</summary>
    private const int MaxStations = 64;

    /// <summary>Most keys read at once. Stations that get none start without, which is harmless too.</summary>
    private const int MaxKeys = 1_000_000;

    private readonly Lock _lock = new();
    private readonly Queue<Request> _waiting = new();
    private bool _reading;

    /// <summary>The newest keys of a station, at most so many of each hub and boot. Fails when the store does, or not in time.</summary>
    public Task<IReadOnlyList<CommittedKey>> ReadAsync(string station, int perBoot)
    {
        var request = new Request(station, perBoot);
        lock (_lock)
        {
            _waiting.Enqueue(request);
            if (!_reading)
            {
                _reading = true;
                _ = PumpAsync();
            }
        }

        return request.Keys.Task;
    }

    // Never fails: what goes wrong is told to those who asked.
    private async Task PumpAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        while (Take() is { Count: > 0 } requests)
        {
            try
            {
                using var limit = new CancellationTokenSource(timeout, time);

                // WaitAsync, because a store that hangs may not heed the token.
                var keys = await QueryAsync(requests, limit.Token).WaitAsync(limit.Token).ConfigureAwait(false);
                foreach (var request in requests)
                {
                    request.Keys.TrySetResult(keys.TryGetValue(request.Station, out var own) ? own : []);
                }
            }
#pragma warning disable CA1031 // Whatever the reason, it is theirs to know.
            catch (Exception e)
#pragma warning restore CA1031
            {
                requests.ForEach(r => r.Keys.TrySetException(e));
            }
        }
    }

    private List<Request> Take()
    {
        List<Request> taken = [];
        lock (_lock)
        {
            while (taken.Count < MaxStations && _waiting.TryPeek(out var next) && (taken.Count == 0 || taken[0].PerBoot == next.PerBoot))
            {
                taken.Add(_waiting.Dequeue());
            }

            _reading = taken.Count > 0;
        }

        return taken;
    }

    private async Task<Dictionary<string, List<CommittedKey>>> QueryAsync(List<Request> requests, CancellationToken cancellationToken)
    {
        var parameters = new ClickHouseParameterCollection();
        parameters.AddParameter("stations", requests.Select(r => r.Station).Distinct(StringComparer.Ordinal).ToArray());
        parameters.AddParameter("per_boot", requests[0].PerBoot);
        var options = new QueryOptions { Database = database, MaxExecutionTime = timeout };
        Dictionary<string, List<CommittedKey>> keys = new(StringComparer.Ordinal);
        await using var reader = await client.ExecuteReaderAsync(
            $"""
            SELECT DISTINCT station, hub, boot, seq, payload_hash
            FROM readings
            WHERE station IN {"{stations:Array(String)}"} AND received_at >= now() - INTERVAL {WindowHours} HOUR
            ORDER BY station DESC, hub DESC, boot DESC, seq DESC
            LIMIT {"{per_boot:Int32}"} BY station, hub, boot
            LIMIT {MaxKeys}
            """,
            parameters,
            options,
            cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var station = reader.GetString(0);
            if (!keys.TryGetValue(station, out var own))
            {
                keys.Add(station, own = []);
            }

            own.Add(new CommittedKey(reader.GetString(1), (long)(ulong)reader.GetValue(2), (long)(ulong)reader.GetValue(3), (ulong)reader.GetValue(4)));
        }

        return keys;
    }

    private sealed record Request(string Station, int PerBoot)
    {
        public TaskCompletionSource<IReadOnlyList<CommittedKey>> Keys { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
