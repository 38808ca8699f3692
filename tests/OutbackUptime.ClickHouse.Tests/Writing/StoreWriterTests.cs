using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OutbackUptime.ClickHouse.Writing;
using OutbackUptime.Grains.Stores;

namespace OutbackUptime.ClickHouse.Tests.Writing;

public sealed class StoreWriterTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(Rows.Now);
    private readonly FakeInserter _inserter = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private StoreWriter _writer = null!;

    public Task InitializeAsync() => StartAsync(new WriterOptions { MaxRowsPerInsert = 10, MaxQueuedRows = 50, MaxInsertsPerSecond = 1000 });

    public async Task DisposeAsync()
    {
        await _writer.StopAsync(CancellationToken.None);
        _writer.Dispose();
        await _services.DisposeAsync();
    }

    [Fact]
    public async Task Write_WhenIdle_InsertsAtOnce()
    {
        var outcome = Write(1);

        var insert = await _inserter.NextAsync();
        insert.End.SetResult();

        Assert.True((await outcome).Committed);
        Assert.Single(insert.Batches);
    }

    [Fact]
    public async Task Write_WhileAnInsertIsInFlight_GathersTheRestIntoTheNext()
    {
        var first = Write(1);
        var insert = await _inserter.NextAsync();
        var rest = Enumerable.Range(2, 5).Select(Write).ToArray();

        insert.End.SetResult();
        _time.Advance(TimeSpan.FromMilliseconds(2));
        var second = await _inserter.NextAsync();
        second.End.SetResult();

        Assert.True((await first).Committed);
        Assert.All(await Task.WhenAll(rest), c => Assert.True(c.Committed));
        Assert.Equal(5, second.Batches.Count);
    }

    [Fact]
    public async Task Write_BeforeTheStoreAnswered_IsNotCommitted()
    {
        var outcome = Write(1);
        await _inserter.NextAsync();

        Assert.False(outcome.IsCompleted);
    }

    [Fact]
    public async Task Write_WhenTheQueueIsFull_AnswersAtOnce()
    {
        _ = Write(0);
        await _inserter.NextAsync();
        _ = Enumerable.Range(1, 50).Select(Write).ToArray();

        var refused = await Write(99);

        Assert.False(refused.Committed);
        Assert.Contains("queue is full", refused.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_WhenTheInsertFails_AnswersAllOfItAndMendsTheRollUps()
    {
        await _inserter.Prepared.Reader.ReadAsync();
        var failed = Write(1);
        (await _inserter.NextAsync()).End.SetException(new HttpRequestException("connection refused"));

        Assert.False((await failed).Committed);
        Assert.Equal(Rows.Now, await _inserter.Prepared.Reader.ReadAsync());
        await Testing.Eventually.TrueAsync(() => _writer.IsAvailable);
        var again = Write(1);
        _time.Advance(TimeSpan.FromMilliseconds(2));
        (await _inserter.NextAsync()).End.SetResult();
        Assert.True((await again).Committed);
    }

    [Fact]
    public async Task Write_WhenTheStoreHangs_FailsAfterTheTimeoutAndThenAtOnce()
    {
        _inserter.PrepareFailure = new HttpRequestException("still down");
        var hanging = Write(1);
        await _inserter.NextAsync();

        _time.Advance(TimeSpan.FromSeconds(6));

        Assert.False((await hanging).Committed);
        Assert.False(_writer.IsAvailable);
        Assert.False((await Write(2)).Committed);
    }

    [Fact]
    public async Task Write_WhenOneBatchIsRefused_CommitsTheOthers()
    {
        _ = Write(0);
        var first = await _inserter.NextAsync();
        var good = Write(1);
        var bad = Write(2);
        first.End.SetResult();
        _time.Advance(TimeSpan.FromMilliseconds(2));

        (await _inserter.NextAsync()).End.SetException(new BadRowsException("bad", new FormatException()));
        (await _inserter.NextAsync()).End.SetResult();
        (await _inserter.NextAsync()).End.SetException(new BadRowsException("bad", new FormatException()));

        Assert.True((await good).Committed);
        Assert.False((await bad).Committed);
        Assert.True(_writer.IsAvailable);
    }

    [Fact]
    public async Task Write_WhenOverTheInsertRate_WaitsForTheGap()
    {
        await _writer.StopAsync(CancellationToken.None);
        await StartAsync(new WriterOptions { MaxInsertsPerSecond = 10 });
        var first = Write(1);
        (await _inserter.NextAsync()).End.SetResult();
        await first;

        var second = Write(2);
        var insert = _inserter.NextAsync();
        _time.Advance(TimeSpan.FromMilliseconds(50));
        Assert.False(insert.IsCompleted);
        await Testing.Eventually.TrueAsync(() =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(50));
            return insert.IsCompleted;
        });

        (await insert).End.SetResult();
        Assert.True((await second).Committed);
    }

    [Fact]
    public async Task Stop_AnswersWhatIsQueued()
    {
        _ = Write(0);
        await _inserter.NextAsync();
        var queued = Write(1);

        await _writer.StopAsync(CancellationToken.None);

        Assert.False((await queued).Committed);
    }

    private Task<StoreCommit> Write(int seq) => _writer.WriteAsync(Rows.Batch(Rows.Reading(seq))).AsTask();

    private async Task StartAsync(WriterOptions options)
    {
        _writer = new StoreWriter("syd", _inserter, options, _time, new StoreInstruments(_services.GetRequiredService<IMeterFactory>()), NullLogger.Instance);
        await _writer.StartAsync(CancellationToken.None);
        await Testing.Eventually.TrueAsync(() => _writer.IsAvailable);
    }
}
