using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OutbackUptime.Ledger.Report;
using OutbackUptime.Testing.Processes;

namespace OutbackUptime.Ledger.Tests;

/// <summary>What a gateway gave up by name passes, with its cause, as far as the name goes and no farther.</summary>
[Trait("Suite", "Slow")]
public sealed class NamedLossTests(StorePair stores) : IClassFixture<StorePair>, IAsyncLifetime, IDisposable
{
    private const long Ts = 1_795_000_000_000;
    private readonly TempFolder _folder = new();
    private readonly StringBuilder _record = new();

    public Task InitializeAsync() => stores.ClearAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AnEviction_ExplainsTheRegionThatItNames_AndNoOther()
    {
        await PublishAsync(["syd"], 1, 2, 3);
        await stores.InsertLossAsync("syd", "evicted", 1, 3, 3);

        var passed = await CheckAsync();

        Assert.True(passed.Passed, string.Join("; ", passed.Reasons));
        Assert.Equal((0, 3, 0), (passed.Stores["mel"].Missing, passed.Stores["mel"].Evicted, passed.Stores["syd"].Evicted));
        var range = Assert.Single(passed.Missing);
        Assert.Equal((1L, 3L, 3L, "mel", "evicted"), (range.From!.Value, range.To!.Value, range.Packets, range.Store, range.Cause));
        Assert.Contains("\"cause\": \"evicted\"", passed.ToJson(), StringComparison.Ordinal);

        // The other region must have them.
        await PublishAsync([], 4);
        await stores.InsertLossAsync("syd", "evicted", 4, 4, 1, offset: 901, firstOffset: 400);
        var failed = await CheckAsync();
        Assert.False(failed.Passed);
        Assert.Equal(("syd", "lost"), Assert.Single(failed.Missing, m => m.Store == "syd") is { } m ? (m.Store, m.Cause) : default);
    }

    [Fact]
    public async Task WithoutAName_ItFails()
    {
        await PublishAsync(["syd"], 1, 2, 3);
        await stores.InsertLossAsync("syd", "evicted", 1, 2, 2);

        var result = await CheckAsync();

        Assert.False(result.Passed);
        Assert.Equal((1, 2), (result.Stores["mel"].Missing, result.Stores["mel"].Evicted));
    }

    [Fact]
    public async Task ARecordThatNamesTooFew_ExplainsOnlySoMany()
    {
        await PublishAsync(["syd"], 1, 2, 3);
        await stores.InsertLossAsync("syd", "evicted", 1, 3, 2);

        var result = await CheckAsync();

        Assert.False(result.Passed);
        Assert.Equal((1, 2), (result.Stores["mel"].Missing, result.Stores["mel"].Evicted));
    }

    [Fact]
    public async Task ARecordThatHasGrown_CountsOnce()
    {
        await PublishAsync(["syd"], 1, 2, 3, 4);
        await stores.InsertLossAsync("syd", "evicted", 1, 3, 2, offset: 900);
        await stores.InsertLossAsync("mel", "evicted", 1, 4, 3, offset: 950);

        var result = await CheckAsync();

        Assert.False(result.Passed);
        Assert.Equal((1, 3), (result.Stores["mel"].Missing, result.Stores["mel"].Evicted));
    }

    [Fact]
    public async Task AThinnedRow_ExplainsBothStores()
    {
        await PublishAsync([], 1, 2, 3);
        await PublishAsync(["syd", "mel"], 4);
        await stores.InsertThinnedAsync("mel", 1, 3, 3);

        var result = await CheckAsync();
        using var table = new StringWriter();
        LedgerTable.Write(result, table);

        Assert.True(result.Passed, string.Join("; ", result.Reasons));
        Assert.All(result.Stores.Values, s => Assert.Equal((0, 3), (s.Missing, s.Thinned)));
        Assert.Contains("syd lacks 3 thinned; mel lacks 3 thinned", table.ToString(), StringComparison.Ordinal);
        Assert.Contains("Given up by name", table.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("evicted", table.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DamageOfAnUnknownHub_ExplainsAtMostSoManyOfItsStation()
    {
        await PublishAsync([], 1, 2, 3);
        await stores.InsertLossAsync("syd", "damaged", 0, 0, 3, "'syd','mel'", hub: "", boot: 0);
        Assert.True((await CheckAsync()).Passed);

        await PublishAsync([], 4);
        var result = await CheckAsync();

        Assert.False(result.Passed);
        Assert.All(result.Stores.Values, s => Assert.Equal((1, 3), (s.Missing, s.Damaged)));
    }

    [Fact]
    public async Task ARecordOfAnotherHubBootOrRange_ExplainsNothing()
    {
        await PublishAsync(["syd"], 5);
        await stores.InsertLossAsync("syd", "evicted", 5, 5, 1, hub: "bore-02");
        await stores.InsertLossAsync("syd", "evicted", 5, 5, 1, boot: 8, offset: 901);
        await stores.InsertLossAsync("syd", "evicted", 6, 9, 4, offset: 902, firstOffset: 2);

        Assert.False((await CheckAsync()).Passed);
    }

    [Fact]
    public async Task ARecordOfPacketsThatAreThere_IsFine()
    {
        await PublishAsync(["syd", "mel"], 1, 2, 3);
        await stores.InsertLossAsync("syd", "evicted", 1, 3, 3);
        await stores.InsertThinnedAsync("syd", 1, 3, 3);

        var result = await CheckAsync();

        Assert.True(result.Passed);
        Assert.Empty(result.Missing);
    }

    [Fact]
    public async Task ABadPacketThatWasEvicted_IsCountedWithItsCause()
    {
        _record.Append("X\tnapperby\tbore-01\t-\t-\t0123456789abcdef\n");
        await stores.InsertLossAsync("syd", "evicted", 0, 0, 1, "'syd','mel'", boot: 0);

        Assert.True((await CheckAsync()).Passed);
        _record.Append("X\tnapperby\tbore-01\t-\t-\t0123456789abcdee\n");
        Assert.False((await CheckAsync()).Passed);
    }

    [Fact]
    public async Task APacketNeverAcknowledged_InOneStoreOnly_IsFineWhenNamed()
    {
        _record.Append(CultureInfo.InvariantCulture, $"P\tnapperby\tbore-01\t7\t1\t{Hash(1)}\n");
        await stores.InsertAsync("syd", 1, 1, Ts);
        Assert.False((await CheckAsync()).Passed);

        await stores.InsertLossAsync("syd", "evicted", 1, 1, 1);

        Assert.True((await CheckAsync()).Passed);
    }

    [Fact]
    public async Task TheGatewaysOwnCanaries_AreNoPhantoms()
    {
        await PublishAsync(["syd", "mel"], 1);
        await stores.InsertCanaryAsync("syd");

        var result = await CheckAsync();

        Assert.True(result.Passed, string.Join("; ", result.Reasons));
        Assert.Equal((1, 1), (result.Stores["syd"].Rows, result.Stores["syd"].GuestRows));
    }

    private static string Hash(double value) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"ts={Ts}\nv={value:R}\n"))))[..16];

    /// <summary>Packets acknowledged to the hub, and in the stores of these regions only.</summary>
    private async Task PublishAsync(string[] regions, params long[] seqs)
    {
        foreach (var seq in seqs)
        {
            _record.Append(CultureInfo.InvariantCulture, $"P\tnapperby\tbore-01\t7\t{seq}\t{Hash(seq)}\nA\tnapperby\tbore-01\t7\t{seq}\t{Hash(seq)}\n");
        }

        foreach (var region in regions)
        {
            await stores.InsertManyAsync(region, [.. seqs.Select(s => (s, (double)s))], Ts);
        }
    }

    private async Task<LedgerResult> CheckAsync()
    {
        await File.WriteAllTextAsync(_folder.File("record.tsv"), _record.ToString());
        using var http = new HttpClient();
        return await LedgerChecker.CheckAsync(
            new LedgerInputs { RecordFiles = [_folder.File("record.tsv")], Stores = [new("syd", stores.UrlOf("syd")), new("mel", stores.UrlOf("mel"))] }, http, CancellationToken.None);
    }
}
