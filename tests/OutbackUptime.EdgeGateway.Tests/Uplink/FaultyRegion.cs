using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OutbackUptime.Testing.Processes;
using OutbackUptime.Uplink;

namespace OutbackUptime.EdgeGateway.Tests.Uplink;

/// <summary>A region on loopback that commits to <see cref="RegionRows"/> and does wrong on request.</summary>
internal sealed class FaultyRegion(string name, RegionRows stores) : IAsyncDisposable
{
    private WebApplication? _app;
    private CancellationTokenSource _cut = new();

    public string Name { get; } = name;

    public int Port { get; } = FreePort.Next();

    /// <summary>Server certificate; null for plaintext.</summary>
    public X509Certificate2? Certificate { get; set; }

    public Welcome Welcome { get; set; } = new() { Credit = 16, MaxFrameBytes = 4 << 20, MaxFrameEntries = 1000 };

    /// <summary>Takes Hello and never answers.</summary>
    public volatile bool Mute;

    /// <summary>Says Welcome, takes frames, and never answers them.</summary>
    public volatile bool Wedged;

    /// <summary>Says Farewell right after Welcome.</summary>
    public volatile bool Draining;

    /// <summary>Answers every frame with RETRY.</summary>
    public volatile bool TakingOver;

    /// <summary>Breaks the stream after a frame's commit and before its receipt, for so many frames.</summary>
    public int BreakStreams;

    /// <summary>Stores that do not commit now.</summary>
    public ConcurrentDictionary<string, bool> StoresDown { get; } = new();

    /// <summary>Stores that neither commit nor say that they can't: a frame for them gets no final receipt.</summary>
    public ConcurrentDictionary<string, bool> StoresMute { get; } = new();

    public ConcurrentQueue<Hello> Hellos { get; } = new();

    public ConcurrentQueue<Frame> Frames { get; } = new();

    /// <summary>Frames are answered once this is done.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>How the frames came over the wire.</summary>
    public string? Encoding { get; private set; }

    public string EndpointAt(int port) => $"{(Certificate is null ? "http" : "https")}://127.0.0.1:{port}";

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc(o => o.MaxReceiveMessageSize = (int)Welcome.MaxFrameBytes + 64);
        builder.Services.AddSingleton(this);
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, Port, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            if (Certificate is not null)
            {
                listen.UseHttps(new HttpsConnectionAdapterOptions
                {
                    ServerCertificate = Certificate,
                    ClientCertificateMode = ClientCertificateMode.RequireCertificate,
                    ClientCertificateValidation = (client, _, _) => client.Subject == "CN=gateway",
                });
            }
        }));
        _app = builder.Build();
        _app.MapGrpcService<FaultyRegionService>();
        await _app.StartAsync();
    }

    /// <summary>Gone at once, as by SIGKILL: streams are cut, the port is closed.</summary>
    public async Task KillAsync()
    {
        if (_app is { } app)
        {
            _app = null;
            using var cut = Interlocked.Exchange(ref _cut, new CancellationTokenSource());
            await cut.CancelAsync();
            using var now = new CancellationTokenSource();
            await now.CancelAsync();
            await app.StopAsync(now.Token);
            await app.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync() => await KillAsync();

    public async Task ServeAsync(IAsyncStreamReader<GatewayMessage> requests, IServerStreamWriter<RegionMessage> responses, ServerCallContext context)
    {
        var http = context.GetHttpContext();
        // Disposing waits for a cut under way, so that none meets a stream that has ended.
        using var cut = _cut.Token.Register(http.Abort);
        await requests.MoveNext(context.CancellationToken);
        Hellos.Enqueue(requests.Current.Hello);
        Encoding = http.Request.Headers["grpc-encoding"];
        if (Mute)
        {
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        }

        var welcome = Welcome.Clone();
        (welcome.Region, welcome.Silo) = (Name, $"{Name}-1");
        welcome.Stores.AddRange(States());
        await responses.WriteAsync(new RegionMessage { Welcome = welcome });
        if (Draining)
        {
            await responses.WriteAsync(new RegionMessage { Farewell = new Farewell { Reason = "drain" } });
        }

        while (await requests.MoveNext(context.CancellationToken))
        {
            Frames.Enqueue(requests.Current.Frame);
            if (Wedged)
            {
                continue;
            }

            await Gate.WaitAsync(context.CancellationToken);
            await AnswerAsync(requests.Current.Frame, responses, context);
        }
    }

    private async Task AnswerAsync(Frame frame, IServerStreamWriter<RegionMessage> responses, ServerCallContext context)
    {
        var receipt = Take(frame);
        if (receipt.CommittedRegions.Count > 0 && Interlocked.Decrement(ref BreakStreams) >= 0)
        {
            context.GetHttpContext().Abort();
            return;
        }

        await responses.WriteAsync(new RegionMessage { Receipt = receipt });
    }

    private Receipt Take(Frame frame)
    {
        var receipt = new Receipt { FrameId = frame.FrameId, Status = ReceiptStatus.Final, Credit = Welcome.Credit };
        if (TakingOver)
        {
            receipt.Status = ReceiptStatus.Retry;
        }
        else
        {
            foreach (var store in frame.OwedRegions.Where(r => !StoresDown.ContainsKey(r) && !StoresMute.ContainsKey(r)))
            {
                stores.Commit(store, frame.Entries);
                receipt.CommittedRegions.Add(store);
            }

            receipt.Status = frame.OwedRegions.Any(StoresMute.ContainsKey) ? ReceiptStatus.Partial : ReceiptStatus.Final;
        }

        receipt.Stores.AddRange(States());
        return receipt;
    }

    private IEnumerable<StoreState> States() => new[] { "syd", "mel" }.Select(r => new StoreState { Region = r, Available = !StoresDown.ContainsKey(r) && !StoresMute.ContainsKey(r) });
}
