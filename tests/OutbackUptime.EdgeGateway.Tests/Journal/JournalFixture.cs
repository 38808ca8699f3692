using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OutbackUptime.Domain.Packets;
using OutbackUptime.EdgeGateway.Journal;
using OutbackUptime.EdgeGateway.Journal.Storage;
using OutbackUptime.EdgeGateway.Uplink;
using OutbackUptime.Testing.Processes;

namespace OutbackUptime.EdgeGateway.Tests.Journal;

/// <summary>A journal in a folder of its own, which can be closed and opened again.</summary>
internal sealed class JournalFixture(string? directory = null) : IAsyncDisposable
{
    private readonly TempFolder? _folder = directory is null ? new() : null;
    private bool _isOpen;
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public SqliteJournal Journal { get; private set; } = null!;

    public string Path => System.IO.Path.Combine(Directory, "journal.db");

    public string Directory => directory ?? _folder!.FullPath;

    /// <summary>The disk; null for the real one. For the next opening.</summary>
    public JournalStorage? Storage { get; set; }

    /// <summary>Whether packets move on from the log of arrivals to their hub's ring soon, as they else do after thousands.</summary>
    public bool IsArrivalLogShort { get; set; } = true;

    public TimeProvider Time { get; set; } = TimeProvider.System;

    public async Task OpenAsync(JournalOptions? options = null, string station = "napperby")
    {
        options ??= new JournalOptions();
        if (IsArrivalLogShort)
        {
            (options.ArrivalsPerHub, options.LeastArrivals) = (2, 8);
        }

        var uplink = new UplinkOptions { Regions = new() { ["syd"] = new(), ["mel"] = new() } };
        Journal = new SqliteJournal(
            Options.Create(new GatewayOptions { Station = station, HomeRegion = "syd", DataDirectory = Directory }),
            Options.Create(options),
            Options.Create(uplink),
            Time,
            new Random(1),
            new JournalInstruments(_services.GetRequiredService<IMeterFactory>()),
            NullLogger<SqliteJournal>.Instance,
            Storage);
        _isOpen = true;
        await Journal.StartAsync(CancellationToken.None);
    }

    public async Task CloseAsync()
    {
        await Journal.StopAsync(CancellationToken.None);
        Journal.Dispose();
        _isOpen = false;
    }

    public static IncomingPacket Packet(long seq, long? boot = 1, string hub = "bore-01", double value = 1)
    {
        var json = $$$"""{"seq":{{{seq}}},{{{(boot is { } b ? $"\"boot\":{b}," : "")}}}"metrics":{"v":{{{value}}}}}""";
        var payload = System.Text.Encoding.UTF8.GetBytes(json);
        Assert.True(PacketParser.TryParse(payload, out var packet, out var fault), fault?.Reason);
        return new IncomingPacket(hub, $"stations/napperby/hubs/{hub}/packets", payload, packet, null);
    }

    public async ValueTask DisposeAsync()
    {
        if (_isOpen)
        {
            await CloseAsync();
        }

        await _services.DisposeAsync();
        _folder?.Dispose();
    }
}
