using OutbackUptime.Domain.Clocks;
using OutbackUptime.Domain.Losses;
using OutbackUptime.Domain.Packets;
using OutbackUptime.Grains.Stations;
using OutbackUptime.Grains.Stores;

namespace OutbackUptime.Grains.Tests.Stations;

public sealed class StationGrainTests
{
    [Fact]
    public async Task Ingest_WhenAgain_WritesOnceAndStillAnswersCommitted()
    {
        await using var cluster = await StationCluster.StartAsync();
        var station = cluster.Station("napperby");
        await station.Ingest(Frame(Row(1), Row(2)));
        var again = await station.Ingest(Frame(Row(1), Row(2)));
        Assert.Equal(["syd", "mel"], again.Committed);
        Assert.Equal(4, again.Duplicates);
        Assert.Single(cluster.Stores.Syd.Batches);
        Assert.Single(cluster.Stores.Mel.Batches);
    }

    [Fact]
    public async Task Ingest_WhenDoubledInFlight_WaitsForTheSameWrite()
    {
        await using var cluster = await StationCluster.StartAsync();
        var gate = new TaskCompletionSource<StoreCommit>(TaskCreationOptions.RunContinuationsAsynchronously);
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cluster.Stores.Syd.Gate = _ => { entered.TrySetResult(); return gate.Task; };
        var station = cluster.Station("napperby");
        var first = station.Ingest(Frame(["syd"], Row(1))).AsTask();
        await entered.Task;
        var second = station.Ingest(Frame(["syd"], Row(1))).AsTask();
        gate.SetResult(StoreCommit.Done);
        Assert.Equal(["syd"], (await first).Committed);
        Assert.Equal(["syd"], (await second).Committed);
        Assert.Single(cluster.Stores.Syd.Batches);
    }

    [Fact]
    public async Task Ingest_WhenKeyHasAnotherPayload_QuarantinesItWithItsBytes()
    {
        await using var cluster = await StationCluster.StartAsync();
        var station = cluster.Station("napperby");
        await station.Ingest(Frame(Row(1)));
        var receipt = await station.Ingest(Frame(Row(1, hash: 2)));
        Assert.Equal(["syd", "mel"], receipt.Committed);
        var row = Assert.Single(cluster.Stores.Mel.Quarantined);
        Assert.Equal(FaultCodes.KeyConflict, row.ReasonCode);
        Assert.Equal([2], row.Payload);
    }

    [Fact]
    public async Task Ingest_WhenAStoreHangs_AnswersForTheOtherAndSettlesLater()
    {
        await using var cluster = await StationCluster.StartAsync();
        var gate = new TaskCompletionSource<StoreCommit>(TaskCreationOptions.RunContinuationsAsynchronously);
        cluster.Stores.Mel.Gate = _ => gate.Task;
        var station = cluster.Station("napperby");
        var frame = Frame(Row(1));
        var partial = await station.Ingest(frame);
        Assert.Equal(["syd"], partial.Committed);
        Assert.Equal(["mel"], partial.Pending);
        var settle = station.Settle(frame.Ticket).AsTask();
        gate.SetResult(StoreCommit.Done);
        Assert.Equal(["syd", "mel"], (await settle).Committed);
        Assert.Empty((await station.Settle(frame.Ticket)).Committed);
    }

    [Fact]
    public async Task Ingest_WhenAStoreFailsOrThrowsOrIsUnknown_SaysSoAndCommitsTheOther()
    {
        await using var cluster = await StationCluster.StartAsync();
        cluster.Stores.Mel.Gate = _ => Task.FromResult(StoreCommit.Failed("breaker open"));
        var station = cluster.Station("napperby");
        var receipt = await station.Ingest(Frame(["syd", "mel", "per"], Row(1)));
        Assert.Equal(["syd"], receipt.Committed);
        Assert.Empty(receipt.Pending);
        Assert.Contains("mel: breaker open", receipt.Detail, StringComparison.Ordinal);
        Assert.Contains("per: no such region", receipt.Detail, StringComparison.Ordinal);
        cluster.Stores.Mel.Gate = _ => throw new InvalidOperationException("bug");
        Assert.Equal(["syd"], (await station.Ingest(Frame(Row(2)))).Committed);
        cluster.Stores.Mel.Gate = null;
        Assert.Equal(["mel"], (await station.Ingest(Frame(["mel"], Row(1), Row(2)))).Committed);
    }

    [Fact]
    public async Task OnActivate_WhenTheStoresHoldKeys_RecoversThem()
    {
        await using var cluster = await StationCluster.StartAsync();
        cluster.Stores.Syd.Keep(new StoreBatch("napperby", Guid.Empty, [Row(1)], []));
        cluster.Stores.Mel.ReadGate = () => throw new IOException("down");
        var receipt = await cluster.Station("napperby").Ingest(Frame(Row(1)));
        Assert.Equal(1, receipt.Duplicates);
        Assert.Empty(cluster.Stores.Syd.Batches);
        Assert.Single(cluster.Stores.Mel.Batches);
    }

    [Fact]
    public async Task OnActivate_WhenHomeIsElsewhere_CountsATakeover()
    {
        await using var cluster = await StationCluster.StartAsync();
        await cluster.Station("melville").Ingest(Frame(Row(1)));
        Assert.Equal(1, cluster.Activations.Takeovers);
        Assert.Equal("mel", Assert.Single(cluster.Activations.Snapshot()).HomeRegion);
    }

    [Fact]
    public async Task Ingest_WhenTooManyFramesAreUnderWay_CommitsNothing()
    {
        await using var cluster = await StationCluster.StartAsync(o => { o.MaxFrames = 1; o.FirstCommitLimit = TimeSpan.FromMilliseconds(10); });
        var gate = new TaskCompletionSource<StoreCommit>(TaskCreationOptions.RunContinuationsAsynchronously);
        cluster.Stores.Syd.Gate = _ => gate.Task;
        var station = cluster.Station("napperby");
        Assert.Equal(["syd"], (await station.Ingest(Frame(["syd"], Row(1)))).Pending);
        var refused = await station.Ingest(Frame(["syd"], Row(2)));
        Assert.Empty(refused.Committed);
        Assert.NotEmpty(refused.Detail);
        gate.SetResult(StoreCommit.Done);
    }

    // I4, with random outcomes: commit, failure, and ambiguous (written, but said to have failed).
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Ingest_WhenStoresFailAtRandom_NeverClaimsWhatIsNotHeld(int seed)
    {
        var random = new Random(seed);
        await using var cluster = await StationCluster.StartAsync();
        foreach (var store in new[] { cluster.Stores.Syd, cluster.Stores.Mel })
        {
            store.Gate = async batch =>
            {
                int outcome;
                lock (random)
                {
                    outcome = random.Next(3);
                }

                await Task.Yield();
                if (outcome == 2)
                {
                    store.Keep(batch);
                }

                return outcome == 0 ? StoreCommit.Done : StoreCommit.Failed("drawn");
            };
        }

        var station = cluster.Station("napperby");
        for (var round = 0; round < 30; round++)
        {
            var frames = Enumerable.Range(0, 8).Select(_ => Frame([.. Enumerable.Range(0, 5).Select(_ => Row(random.Next(60)))])).ToList();
            foreach (var (frame, receipt) in frames.Zip(await Task.WhenAll(frames.Select(f => station.Ingest(f).AsTask()))))
            {
                foreach (var store in new[] { cluster.Stores.Syd, cluster.Stores.Mel }.Where(s => receipt.Committed.Contains(s.Region)))
                {
                    Assert.All(frame.Readings, r => Assert.True(store.Holds("napperby", r)));
                }
            }
        }
    }

    [Fact]
    public async Task Ingest_OfALoss_IsCommittedOnlyWhenItsStoreHasIt()
    {
        await using var cluster = await StationCluster.StartAsync();
        cluster.Stores.Mel.Gate = batch => Task.FromResult(batch.Losses.Count > 0 ? StoreCommit.Failed("no") : StoreCommit.Done);
        var station = cluster.Station("napperby");
        var loss = new LossRow
        {
            JournalOffset = 9,
            ReceivedAt = DateTimeOffset.UnixEpoch,
            Cause = LossCause.Evicted,
            FirstOffset = 1,
            LastOffset = 5,
            Packets = 5,
            Hub = "bore-01",
            Boot = 1,
            FirstSeq = 1,
            LastSeq = 5,
            MissingIn = ["mel"],
            Detail = "",
        };

        var receipt = await station.Ingest(new IngestFrame { Ticket = Guid.NewGuid(), JournalEpoch = Guid.Empty, OwedRegions = ["syd", "mel"], Readings = [], Quarantined = [], Losses = [loss] });

        Assert.Equal(["syd"], receipt.Committed);
        Assert.Equal(9, Assert.Single(Assert.Single(cluster.Stores.Syd.Batches).Losses).JournalOffset);
    }

    private static IngestFrame Frame(params ReadingRow[] rows) => Frame(["syd", "mel"], rows);

    private static IngestFrame Frame(string[] regions, params ReadingRow[] rows) =>
        new() { Ticket = Guid.NewGuid(), JournalEpoch = Guid.Empty, OwedRegions = regions, Readings = rows, Quarantined = [] };

    private static ReadingRow Row(long seq, ulong hash = 1) => new()
    {
        Hub = "bore-01",
        Boot = 1,
        Seq = seq,
        BootAssigned = false,
        PayloadHash = hash,
        HubTime = null,
        ReceivedAt = DateTimeOffset.UnixEpoch,
        EventTime = DateTimeOffset.UnixEpoch,
        ClockQuality = ClockQuality.NoClaim,
        JournalOffset = seq,
        MetricNames = ["battery_v"],
        MetricValues = [12.6],
        Payload = [(byte)hash],
    };
}
