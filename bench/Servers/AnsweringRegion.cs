using System.Net;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OutbackUptime.Uplink;

namespace OutbackUptime.Bench.Servers;

/// <summary>A region that says of every frame at once that both stores have it: the gateway then marks and trims as it does in life.</summary>
internal sealed class AnsweringRegion : IAsyncDisposable
{
    private readonly WebApplication _app;

    private AnsweringRegion(WebApplication app) => _app = app;

    /// <param name="port">Where.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <param name="onFrame">Sees every frame before its receipt; of several streams at once.</param>
    public static async Task<AnsweringRegion> StartAsync(int port, CancellationToken cancellationToken, Action<Frame>? onFrame = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, port, l => l.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(new Service(onFrame));
        var app = builder.Build();
        app.MapGrpcService<Service>();
        await app.StartAsync(cancellationToken).ConfigureAwait(false);
        return new AnsweringRegion(app);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private sealed class Service(Action<Frame>? onFrame) : OutbackUptime.Uplink.Uplink.UplinkBase
    {
        public override async Task Exchange(IAsyncStreamReader<GatewayMessage> requestStream, IServerStreamWriter<RegionMessage> responseStream, ServerCallContext context)
        {
            var stop = context.CancellationToken;
            await requestStream.MoveNext(stop).ConfigureAwait(false);
            await responseStream.WriteAsync(new RegionMessage { Welcome = new Welcome { Region = "syd", Silo = "bench", Credit = 16, MaxFrameEntries = 1000, Stores = { Stores() } } }, stop).ConfigureAwait(false);
            while (await requestStream.MoveNext(stop).ConfigureAwait(false))
            {
                var frame = requestStream.Current.Frame;
                onFrame?.Invoke(frame);
                var receipt = new Receipt { FrameId = frame.FrameId, Status = ReceiptStatus.Final, Credit = 16, CommittedRegions = { frame.OwedRegions }, Stores = { Stores() } };
                await responseStream.WriteAsync(new RegionMessage { Receipt = receipt }, stop).ConfigureAwait(false);
            }
        }

        private static StoreState[] Stores() => [new StoreState { Region = "syd", Available = true }, new StoreState { Region = "mel", Available = true }];
    }
}
