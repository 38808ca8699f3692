using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OutbackUptime.Ledger.Report;
using OutbackUptime.Testing.Processes;

namespace OutbackUptime.Ledger.Tests;

/// <summary>A checker that passes everything proves nothing: what is lost, doubled, altered or made up must be found.</summary>
[Trait("Suite", "Slow")]
public sealed class LedgerCheckerTests(StorePair stores) : IClassFixture<StorePair>, IAsyncLifetime, IDisposable
{
    private const long Ts = 1_795_000_000_000;
    private readonly TempFolder _folder = new();
    private readonly StringBuilder _record = new();

    public Task InitializeAsync() => stores.ClearAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Clean_Passes()
    {
        for (var seq = 0; seq < 5; seq++)
        {
            await PublishAsync(seq, 12.5 + seq);
        }

        var result = await CheckAsync();

        Assert.True(result.Passed, string.Join("; ", result.Reasons));
        Assert.Equal((5, 5), (result.Published, result.Acknowledged));
    }

    [Fact]
    public async Task ALostPacket_IsNamed()
    {
        await PublishAsync(1, 1);
        Record(2, Hash(2));
        Record(3, Hash(3));
        await PublishAsync(4, 4);

        var result = await CheckAsync();

        Assert.False(result.Passed);
        var missing = Assert.Single(result.Missing, m => m.Store == "syd");
        Assert.Equal((2L, 3L, "lost"), (missing.From!.Value, missing.To!.Value, missing.Cause));
    }

    [Fact]
    public async Task APacketThatOneStoreLacks_IsNamed()
    {
        await PublishAsync(1, 1);
        Record(2, Hash(2));
        await stores.InsertAsync("syd", 2, 2, Ts);

        var result = await CheckAsync();

        Assert.False(result.Passed);
        Assert.Equal("mel", Assert.Single(result.Missing).Store);
    }

    [Fact]
    public async Task ADoubledPacket_IsFound()
    {
        await PublishAsync(1, 1);
        await stores.InsertAsync("mel", 1, 1, Ts);

        var result = await CheckAsync();

        Assert.False(result.Passed);
        Assert.Equal((0, 1), (result.Stores["syd"].Duplicates, result.Stores["mel"].Duplicates));
    }

    [Fact]
    public async Task AnAlteredValue_IsFound_ByOneBit()
    {
        Record(1, Hash(0.1));
        await stores.InsertAsync("syd", 1, 0.1, Ts);
        await stores.InsertAsync("mel", 1, Math.BitIncrement(0.1), Ts);

        var result = await CheckAsync();

        Assert.False(result.Passed);
        Assert.Equal((0, 1), (result.Stores["syd"].Altered, result.Stores["mel"].Altered));
    }

    [Fact]
    public async Task AnAlteredTime_IsFound()
    {
        Record(1, Hash(1));
        await stores.InsertAsync("syd", 1, 1, Ts + 1);
        await stores.InsertAsync("mel", 1, 1, Ts);

        Assert.Equal(1, (await CheckAsync()).Stores["syd"].Altered);
    }

    [Fact]
    public async Task ARowThatNobodyPublished_IsFound()
    {
        await PublishAsync(1, 1);
        await stores.InsertAsync("syd", 99, 1, Ts);
        await stores.InsertAsync("mel", 99, 1, Ts);

        var result = await CheckAsync();

        Assert.False(result.Passed);
        Assert.Equal(1, result.Stores["syd"].Phantom);
    }

    /// <summary>Any mix of faults, in either store, is counted as a naive model of it counts.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task AnyMixOfFaults_IsCountedExactly(int seed)
    {
        var random = new Random(seed);
        var expected = new Dictionary<string, (long Missing, long Duplicates, long Altered)> { ["syd"] = default, ["mel"] = default };
        var rows = expected.Keys.ToDictionary(r => r, _ => new List<(long Seq, double Value)>());
        for (var seq = 0L; seq < 300; seq++)
        {
            var value = random.NextDouble() * 100;
            Record(seq, Hash(value));
            foreach (var region in rows.Keys)
            {
                var was = expected[region];
                switch (random.Next(12))
                {
                    case 0:
                        expected[region] = was with { Missing = was.Missing + 1 };
                        break;
                    case 1:
                        rows[region].AddRange([(seq, value), (seq, value)]);
                        expected[region] = was with { Duplicates = was.Duplicates + 1 };
                        break;
                    case 2:
                        rows[region].Add((seq, Math.BitDecrement(value)));
                        expected[region] = was with { Altered = was.Altered + 1 };
                        break;
                    default:
                        rows[region].Add((seq, value));
                        break;
                }
            }
        }

        foreach (var region in rows.Keys)
        {
            await stores.InsertManyAsync(region, [.. rows[region].OrderBy(_ => random.Next())], Ts);
        }

        var result = await CheckAsync();

        Assert.False(result.Passed);
        Assert.All(expected, e => Assert.Equal(e.Value, (result.Stores[e.Key].Missing, result.Stores[e.Key].Duplicates, result.Stores[e.Key].Altered)));

        // The ranges name each missing packet once.
        Assert.Equal(expected.Values.Sum(e => e.Missing), result.Missing.Sum(m => m.To!.Value - m.From!.Value + 1));
    }

    [Fact]
    public async Task APacketThatWasNotAcknowledged_MayBeMissing()
    {
        await PublishAsync(1, 1);
        _record.Append(CultureInfo.InvariantCulture, $"P\tnapperby\tbore-01\t7\t2\t{Hash(2)}\n");

        Assert.True((await CheckAsync()).Passed);
    }

    [Fact]
    public async Task AGatewaysOwnPackets_ArePassedOver()
    {
        await PublishAsync(1, 1);
        await stores.InsertAsync("syd", 1, 5, Ts, hub: "gateway");

        var result = await CheckAsync();

        Assert.True(result.Passed);
        Assert.Equal((1, 0), (result.Stores["syd"].GuestRows, result.Stores["mel"].GuestRows));
    }

    [Fact]
    public async Task ABadPacketThatIsNotInQuarantine_IsFound()
    {
        await PublishAsync(1, 1);
        _record.Append("X\tnapperby\tbore-01\t-\t-\t0123456789abcdef\n");

        Assert.False((await CheckAsync()).Passed);
    }

    private static string Hash(double value) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"ts={Ts}\nv={value:R}\n"))))[..16];

    private async Task PublishAsync(long seq, double value)
    {
        Record(seq, Hash(value));
        await stores.InsertAsync("syd", seq, value, Ts);
        await stores.InsertAsync("mel", seq, value, Ts);
    }

    private void Record(long seq, string hash) =>
        _record.Append(CultureInfo.InvariantCulture, $"P\tnapperby\tbore-01\t7\t{seq}\t{hash}\nA\tnapperby\tbore-01\t7\t{seq}\t{hash}\n");

    private async Task<LedgerResult> CheckAsync()
    {
        await File.WriteAllTextAsync(_folder.File("record.tsv"), _record.ToString());
        using var http = new HttpClient();
        return await LedgerChecker.CheckAsync(
            new LedgerInputs { RecordFiles = [_folder.File("record.tsv")], Stores = [new("syd", stores.UrlOf("syd")), new("mel", stores.UrlOf("mel"))] }, http, CancellationToken.None);
    }
}
