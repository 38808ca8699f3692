using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OutbackUptime.Silo.Ingest;

namespace OutbackUptime.Silo.Tests.Ingest;

public sealed class IngestAdmissionTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly GatewayConnections _connections = new();
    private readonly IngestAdmission _admission;

    public IngestAdmissionTests() => _admission = new IngestAdmission(Options.Create(new UplinkOptions { MaxEntriesUnderWay = 1000 }), _connections, _time);

    [Fact]
    public async Task Enter_WhenThereIsRoom_DoesNotWait()
    {
        await EnterAsync(999, CancellationToken.None);
        var second = EnterAsync(500, CancellationToken.None);

        Assert.True(second.IsCompletedSuccessfully);
        Assert.Equal(1499, _admission.UnderWay);
    }

    [Fact]
    public async Task Enter_WhenFull_WaitsInOrderOfArrival()
    {
        await EnterAsync(1000, CancellationToken.None);
        var first = EnterAsync(600, CancellationToken.None);
        var second = EnterAsync(600, CancellationToken.None);
        var third = EnterAsync(600, CancellationToken.None);

        _admission.Leave(1000);
        await first;
        await second;

        Assert.False(third.IsCompleted);
        Assert.Equal(1200, _admission.UnderWay);
        _admission.Leave(600);
        await third;
    }

    [Fact]
    public async Task Enter_OfLivePackets_NeverWaits()
    {
        await EnterAsync(1000, CancellationToken.None);
        var backlog = EnterAsync(IngestAdmission.LiveEntries + 1, CancellationToken.None);

        var live = EnterAsync(IngestAdmission.LiveEntries, CancellationToken.None);

        Assert.True(live.IsCompletedSuccessfully);
        Assert.False(backlog.IsCompleted);
    }

    [Fact]
    public async Task Enter_WhenTheGatewayGoesWhileItWaits_TakesNoRoom()
    {
        using var gone = new CancellationTokenSource();
        await EnterAsync(1000, CancellationToken.None);
        var left = EnterAsync(600, gone.Token);
        var stays = EnterAsync(600, CancellationToken.None);

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        _admission.Leave(1000);
        await stays;

        Assert.Equal(600, _admission.UnderWay);
    }

    [Fact]
    public async Task Enter_WhenTellingThatItWaitsFails_TakesNoRoom()
    {
        await EnterAsync(1000, CancellationToken.None);
        var broken = _admission.EnterAsync(600, () => throw new IOException("the stream broke"), CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAsync<IOException>(() => broken);
        _admission.Leave(1000);

        Assert.Equal(0, _admission.UnderWay);
    }

    [Fact]
    public async Task Enter_WhenTheTurnComesWhileTellingFails_GivesTheRoomBack()
    {
        await EnterAsync(1000, CancellationToken.None);
        var telling = new TaskCompletionSource();
        var broken = _admission.EnterAsync(600, () => telling.Task, CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(1));
        _admission.Leave(1000);
        Assert.Equal(600, _admission.UnderWay);

        telling.SetException(new IOException("the stream broke"));

        await Assert.ThrowsAsync<IOException>(() => broken);
        Assert.Equal(0, _admission.UnderWay);
    }

    [Fact]
    public async Task Enter_WhileItWaits_TellsSoEachInterval()
    {
        await EnterAsync(1000, CancellationToken.None);
        var told = 0;
        var waiting = _admission.EnterAsync(600, () => Task.FromResult(++told), CancellationToken.None);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(waiting.IsCompleted);
        _admission.Leave(1000);
        await waiting;

        Assert.Equal(1, told);
    }

    [Fact]
    public void Credit_WithMoreGateways_GetsSmaller_AndNeverNone()
    {
        var admission = new IngestAdmission(Options.Create(new UplinkOptions()), _connections, _time);
        var alone = (admission.Credit, admission.StartingCredit, admission.FrameEntries);
        for (var i = 0; i < 1000; i++)
        {
            _connections.Add(new GatewayConnection($"station-{i}", DateTimeOffset.UnixEpoch));
        }

        Assert.Equal((16, 2, 1000), alone);
        Assert.Equal((1, 1, 64), (admission.Credit, admission.StartingCredit, admission.FrameEntries));
    }

    [Theory]
    [InlineData(1, 1000)]
    [InlineData(20, 1000)]
    [InlineData(40, 500)]
    [InlineData(100, 200)]
    [InlineData(1000, 200)]
    public async Task Room_OfManyGateways_IsLess_SoThatWhatIsNewWaitsBehindLess(int gateways, int room)
    {
        for (var i = 0; i < gateways; i++)
        {
            _connections.Add(new GatewayConnection($"station-{i}", DateTimeOffset.UnixEpoch));
        }

        Assert.Equal(room, _admission.Room);
        await EnterAsync(room, CancellationToken.None);
        var waiting = EnterAsync(100, CancellationToken.None);
        Assert.False(waiting.IsCompleted);

        _admission.Leave(room);
        await waiting;
    }

    private Task EnterAsync(int entries, CancellationToken cancellationToken) => _admission.EnterAsync(entries, () => Task.CompletedTask, cancellationToken);
}
