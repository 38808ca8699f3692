using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using MQTTnet.Server;

namespace OutbackUptime.Demo.Tests.Hubs;

/// <summary>A broker that takes a packet, and on request closes the connection instead of sending its PUBACK.</summary>
internal sealed class DroppingBroker : IAsyncDisposable
{
    private readonly MqttServer _server;
    private readonly Func<int, bool> _drops;
    private int _received;
    private (int Count, Action Then) _awaited = (int.MaxValue, () => { });

    private DroppingBroker(int port, Func<int, bool> drops)
    {
        Port = port;
        _drops = drops;
        _server = new MqttServerFactory().CreateMqttServer(new MqttServerOptionsBuilder()
            .WithDefaultEndpoint().WithDefaultEndpointBoundIPAddress(IPAddress.Loopback).WithDefaultEndpointBoundIPV6Address(IPAddress.None).WithDefaultEndpointPort(port).Build());
        _server.InterceptingPublishAsync += OnPublishAsync;
    }

    public int Port { get; }

    /// <summary>All payloads that arrived, in order, by topic.</summary>
    public ConcurrentQueue<(string Topic, byte[] Payload, bool Acknowledged)> Arrivals { get; } = new();

    /// <summary>Payloads of a hub as JSON, where they are JSON with a seq.</summary>
    public IEnumerable<long> Seqs(string hub) => Arrivals
        .Where(a => a.Topic.Contains($"/{hub}/", StringComparison.Ordinal))
        .Select(a => JsonDocument.Parse(a.Payload).RootElement.GetProperty("seq").GetInt64());

    public static async Task<DroppingBroker> StartAsync(Func<int, bool>? drops = null)
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        var broker = new DroppingBroker(port, drops ?? (_ => false));
        await broker._server.StartAsync();
        return broker;
    }

    /// <summary>Calls <paramref name="then"/> once so many publishes have arrived.</summary>
    public void WhenArrived(int count, Action then) => _awaited = (count, then);

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(new MqttServerStopOptions());
        _server.Dispose();
    }

    private Task OnPublishAsync(InterceptingPublishEventArgs e)
    {
        var number = Interlocked.Increment(ref _received);
        var dropped = _drops(number);
        Arrivals.Enqueue((e.ApplicationMessage.Topic, System.Buffers.BuffersExtensions.ToArray(e.ApplicationMessage.Payload), !dropped));
        e.ProcessPublish = false;
        e.CloseConnection = dropped;
        if (number == _awaited.Count)
        {
            _awaited.Then();
        }

        return Task.CompletedTask;
    }
}
