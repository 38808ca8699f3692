using System.Text;
using Microsoft.Data.Sqlite;
using OutbackUptime.Domain.Losses;
using OutbackUptime.Domain.Packets;
using OutbackUptime.Domain.Ranges;
using OutbackUptime.EdgeGateway.Journal;
using OutbackUptime.Testing;
using OutbackUptime.Testing.Processes;

namespace OutbackUptime.EdgeGateway.Tests.Journal.Overflow;

/// <summary>A station with a real, small journal, hubs that publish by a clock that the test moves, and two regions that come and go.</summary>
internal sealed class DarkStation : IAsyncDisposable
{
    private readonly WallClock _clock = new(new DateTimeOffset(2026, 11, 23, 0, 0, 7, TimeSpan.Zero));
    // Thousands of commits of a packet each: the rules are looked at here, the disk elsewhere (Storage).
    private readonly TempFolder _folder = new(inMemory: true);
    private readonly JournalFixture _fixture;
    private readonly JournalOptions _options;
    private readonly Random _random;
    private readonly Dictionary<string, long> _seqs = [];

    public DarkStation(JournalOptions options, int seed = 1)
    {
        (_options, _random) = (options, new Random(seed));
        _fixture = new JournalFixture(_folder.FullPath) { Time = _clock };
    }

    public SqliteJournal Journal => _fixture.Journal;

    public string Path => _fixture.Path;

    public DateTimeOffset Now => _clock.GetUtcNow();

    public HashSet<(string Hub, long Boot, long Seq)> Accepted { get; } = [];

    public Dictionary<string, StoreModel> Stores { get; } = new() { ["syd"] = new(), ["mel"] = new() };

    public Task OpenAsync() => _fixture.OpenAsync(_options);

    public async Task ReopenAsync()
    {
        await _fixture.CloseAsync();
        await _fixture.OpenAsync(_options);
    }

    /// <summary>Each hub publishes every so many seconds for a while; whether all of it was taken.</summary>
    public async Task<bool> PublishAsync(TimeSpan time, params (string Hub, int EverySeconds)[] hubs)
    {
        var taken = true;
        for (var second = 0; second < time.TotalSeconds; second += 60)
        {
            List<Task<AppendResult>> appends = [];
            List<(string, long, long)> keys = [];
            foreach (var (hub, every) in hubs)
            {
                for (var s = second; s < second + 60; s++)
                {
                    if (s % every == 0)
                    {
                        var seq = _seqs[hub] = _seqs.GetValueOrDefault(hub) + 1;
                        keys.Add((hub, 1, seq));
                        appends.Add(Journal.AppendAsync(Packet(hub, seq)));
                    }
                }
            }

            foreach (var (result, key) in (await Task.WhenAll(appends)).Zip(keys))
            {
                taken &= result.Status == AppendStatus.Accepted;
                if (result.Status == AppendStatus.Accepted)
                {
                    Accepted.Add(key);
                }
            }

            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        return taken;
    }

    /// <summary>
    /// The policy has done what it can for now: two looks give the same. What was read before and is dropped meanwhile would be
    /// committed and named, as a packet in flight is: harmless, but it can't be counted exactly.
    /// </summary>
    public async Task SettleAsync()
    {
        if (Journal.UsedBytes < _options.Limits.LowBytes && _options.MaxAge == TimeSpan.Zero)
        {
            return;
        }

        // Looks are 20 ms apart; the writer's pause between two steps without packets is 100 ms.
        var (before, same) = ((0L, 0L, 0L, 0L), 0);
        await Eventually.TrueAsync(() =>
        {
            var now = (Journal.NextOffset, Journal.Depth, GivenUp(LossCause.Evicted), GivenUp(LossCause.Thinned));
            (same, before) = (now == before && !Journal.IsRelieving ? same + 1 : 0, now);
            return same == 8;
        });
    }

    /// <summary>A region takes some, or all, of what it lacks.</summary>
    public async Task DrainAsync(string region, int most = int.MaxValue)
    {
        await SettleAsync();
        foreach (var range in Journal.Committed[region].MissingWithin(new OffsetRange(1, Journal.NextOffset - 1)).ToList())
        {
            if (most <= 0)
            {
                return;
            }

            var entries = Journal.Read([range], Math.Min(most, 100_000), int.MaxValue);
            foreach (var entry in entries)
            {
                Stores[region].Commit(entry);
            }

            Journal.MarkCommitted(region, [.. entries.Select(e => new OffsetRange(e.Offset, e.Offset))]);
            most -= entries.Count;
        }
    }

    /// <summary>Keys, rows and records that the file holds.</summary>
    public StoreModel Kept()
    {
        var kept = new StoreModel();
        foreach (var entry in Journal.Read([new OffsetRange(1, Journal.NextOffset - 1)], int.MaxValue, int.MaxValue))
        {
            kept.Commit(entry);
        }

        return kept;
    }

    public long GivenUp(LossCause cause) => Journal.GivenUp.GetValueOrDefault(cause);

    /// <summary>Entries by kind, straight from the file.</summary>
    public long Count(JournalEntryKind kind)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM entries WHERE kind = $kind";
        command.Parameters.AddWithValue("$kind", (int)kind);
        return (long)command.ExecuteScalar()!;
    }

    public async ValueTask DisposeAsync()
    {
        await _fixture.DisposeAsync();
        _folder.Dispose();
    }

    private IncomingPacket Packet(string hub, long seq)
    {
        var v = _random.NextDouble();
        var json = $$"""{"seq":{{seq}},"boot":1,"ts":"{{Now:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}}","metrics":{"battery_v":{{12 + v:F3}},"ear_tags_near":{{(int)(v * 300)}},"flow_total_l":{{v * 1e6:R}},"pump_current_a":{{v * 4:F3}},"signal_dbm":{{-60 - (int)(v * 40)}},"solar_w":{{v * 60:F1}},"tank_level_pct":{{v * 100:F2}},"temperature_c":{{v * 40:F1}},"trough_flow_lpm":{{v * 9:F2}} } }""";
        var payload = Encoding.UTF8.GetBytes(json);
        Assert.True(PacketParser.TryParse(payload, out var packet, out var fault), fault?.Reason);
        return new IncomingPacket(hub, $"stations/napperby/hubs/{hub}/packets", payload, packet, null);
    }
}
