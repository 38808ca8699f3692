using Microsoft.Extensions.Options;
using OutbackUptime.Silo.Ingest;

namespace OutbackUptime.Silo.Tests.Ingest;

public sealed class IngestAdmissionTests
{
    private readonly GatewayConnections _connections = new();
    private readonly IngestAdmission _admission;

    public IngestAdmissionTests() => _admission = new IngestAdmission(Options.Create(new UplinkOptions { MaxEntriesUnderWay = 1000 }), _connections);

    [Fact]
    public async Task Enter_WhenThereIsRoom_DoesNotWait()
    {
        await _admission.EnterAsync(999, CancellationToken.None);
        var second = _admission.EnterAsync(500, CancellationToken.None);

        Assert.True(second.IsCompletedSuccessfully);
        Assert.Equal(1499, _admission.UnderWay);
    }

    [Fact]
    public async Task Enter_WhenFull_WaitsInOrderOfArrival()
    {
        await _admission.EnterAsync(1000, CancellationToken.None);
        var first = _admission.EnterAsync(600, CancellationToken.None);
        var second = _admission.EnterAsync(600, CancellationToken.None);
        var third = _admission.EnterAsync(600, CancellationToken.None);

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
        await _admission.EnterAsync(1000, CancellationToken.None);
        var backlog = _admission.EnterAsync(IngestAdmission.LiveEntries + 1, CancellationToken.None);

        var live = _admission.EnterAsync(IngestAdmission.LiveEntries, CancellationToken.None);

        Assert.True(live.IsCompletedSuccessfully);
        Assert.False(backlog.IsCompleted);
    }

    [Fact]
    public async Task Enter_WhenTheGatewayGoesWhileItWaits_TakesNoRoom()
    {
        using var gone = new CancellationTokenSource();
        await _admission.EnterAsync(1000, CancellationToken.None);
        var left = _admission.EnterAsync(600, gone.Token);
        var stays = _admission.EnterAsync(600, CancellationToken.None);

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        _admission.Leave(1000);
        await stays;

        Assert.Equal(600, _admission.UnderWay);
    }

    [Fact]
    public void Credit_WithMoreGateways_GetsSmaller_AndNeverNone()
    {
        var admission = new IngestAdmission(Options.Create(new UplinkOptions()), _connections);
        var alone = (admission.Credit, admission.StartingCredit, admission.FrameEntries);
        for (var i = 0; i < 1000; i++)
        {
            _connections.Add(new GatewayConnection($"station-{i}", DateTimeOffset.UnixEpoch));
        }

        Assert.Equal((16, 2, 1000), alone);
        Assert.Equal((1, 1, 64), (admission.Credit, admission.StartingCredit, admission.FrameEntries));
    }
}
