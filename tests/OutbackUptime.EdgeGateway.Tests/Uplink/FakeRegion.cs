using System.Collections.Concurrent;
using System.Net;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OutbackUptime.Testing.Processes;
using OutbackUptime.Uplink;

namespace OutbackUptime.EdgeGateway.Tests.Uplink;

/// <summary>A region that answers as the test says, over real gRPC. Its stores are what its receipts claimed.</summary>
internal sealed class FakeRegion : IAsyncDisposable
{
    private WebApplication? _app;

    /// <summary>What the region says to a frame; null: nothing.</summary>
    public Func<Frame, IEnumerable<Receipt>> Answer { get; set; } = frame => [Final(frame)];

    public ConcurrentQueue<Frame> Frames { get; } = new();

    public int Streams;

    public int Port { get; } = FreePort.Next();

    public static Receipt Final(Frame frame, params string[] regions) => new()
    {
        FrameId = frame.FrameId,
        Status = ReceiptStatus.Final,
        Credit = 8,
        CommittedRegions = { regions.Length == 0 ? frame.OwedRegions : regions },
        Stores = { new StoreState { Region = "syd", Available = true }, new StoreState { Region = "mel", Available = true } },
    };

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, Port, l => l.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(this);
        _app = builder.Build();
        _app.MapGrpcService<Service>();
        await _app.StartAsync();
    }

    public async Task StopAsync()
    {
        if (_app is { } app)
        {
            _app = null;
            using var now = new CancellationTokenSource(TimeSpan.Zero);
            await app.StopAsync(now.Token);
            await app.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private sealed class Service(FakeRegion region) : OutbackUptime.Uplink.Uplink.UplinkBase
    {
        public override async Task Exchange(IAsyncStreamReader<GatewayMessage> requestStream, IServerStreamWriter<RegionMessage> responseStream, ServerCallContext context)
        {
            Interlocked.Increment(ref region.Streams);
            await requestStream.MoveNext(context.CancellationToken);
            await responseStream.WriteAsync(new RegionMessage { Welcome = new Welcome { Region = "x", Silo = "x-1", Credit = 8, MaxFrameEntries = 10 } });
            while (await requestStream.MoveNext(context.CancellationToken))
            {
                var frame = requestStream.Current.Frame;
                region.Frames.Enqueue(frame);
                foreach (var receipt in region.Answer(frame))
                {
                    await responseStream.WriteAsync(new RegionMessage { Receipt = receipt });
                }
            }
        }
    }
}
