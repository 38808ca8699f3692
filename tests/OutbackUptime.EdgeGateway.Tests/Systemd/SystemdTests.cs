using System.Net.Sockets;
using System.Text;
using OutbackUptime.EdgeGateway.Systemd;
using OutbackUptime.EdgeGateway.Tests.Mqtt;
using OutbackUptime.Testing.Processes;

namespace OutbackUptime.EdgeGateway.Tests.Systemd;

public sealed class SystemdTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private readonly TempFolder _folder = new();
    private readonly Socket _systemd = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    public void Dispose()
    {
        _systemd.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Gateway_WhenSystemdListens_SaysReadyThenLivesThenStops()
    {
        var path = _folder.File("notify");
        _systemd.Bind(new UnixDomainSocketEndPoint(path));
        await using var gateway = new GatewayProcess(("NOTIFY_SOCKET", path), ("WATCHDOG_USEC", "200000"));

        await gateway.StartAsync();

        Assert.Equal("READY=1\nSTATUS=takes packets", await ReceiveAsync());
        Assert.Equal("WATCHDOG=1", await ReceiveAsync());
        Assert.Equal("WATCHDOG=1", await ReceiveAsync());
        Assert.Equal(0, await gateway.StopAsync());
        var last = await ReceiveAsync();
        while (last == "WATCHDOG=1")
        {
            last = await ReceiveAsync();
        }

        Assert.Equal("STOPPING=1\nSTATUS=writes what it has", last);
    }

    [Fact]
    public async Task Send_WhenNameIsAbstract_Arrives()
    {
        var name = $"outback-{Guid.NewGuid():N}";
        _systemd.Bind(new UnixDomainSocketEndPoint($"\0{name}"));

        Assert.True(new NotifySocket($"@{name}").Send("READY=1"));

        Assert.Equal("READY=1", await ReceiveAsync());
    }

    [Fact]
    public void Send_WhenNobodyListens_IsFalse() => Assert.False(new NotifySocket(_folder.File("nobody")).Send("READY=1"));

    [Theory]
    [InlineData("30000000", null, 30)]
    [InlineData("30000000", "1", null)]
    [InlineData("0", null, null)]
    [InlineData("soon", null, null)]
    [InlineData(null, null, null)]
    public void Watchdog_WhenAsked_IsItsTime(string? microseconds, string? process, int? seconds) =>
        Assert.Equal(seconds, (int?)SystemdServices.Watchdog(microseconds, process)?.TotalSeconds);

    [Fact]
    public void Watchdog_WhenForThisProcess_IsItsTime() =>
        Assert.Equal(TimeSpan.FromSeconds(2), SystemdServices.Watchdog("2000000", $"{Environment.ProcessId}"));

    private async Task<string> ReceiveAsync()
    {
        var buffer = new byte[256];
        using var limit = new CancellationTokenSource(s_patience);
        var length = await _systemd.ReceiveAsync(buffer, SocketFlags.None, limit.Token);
        return Encoding.ASCII.GetString(buffer, 0, length);
    }
}
