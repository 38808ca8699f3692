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

    [Fact]
    public async Task APacketThatWasNotAcknowledged_MayBeMissing()
    {
        await PublishAsync(1, 1);
        _record.Append(CultureInfo.InvariantCulture, $"P\tnapperby\tbore-01\t7\t2\t{Hash(2)}\n");

        Assert.True((await CheckAsync()).Passed);
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
