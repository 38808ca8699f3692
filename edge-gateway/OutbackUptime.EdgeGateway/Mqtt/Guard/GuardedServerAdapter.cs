using System.Net;
using Microsoft.Extensions.Options;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Server;

namespace OutbackUptime.EdgeGateway.Mqtt.Guard;

/// <summary>The way into the server: its own ports, in place of the library's, which take whatever comes (docs/decisions/0010).</summary>
internal sealed class GuardedServerAdapter(
    IOptions<MqttOptions> mqtt, IOptions<GuardOptions> guard, RefusalLog refusals, TimeProvider time, ILogger<GuardedServerAdapter> logger) : IMqttServerAdapter
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<GuardedListener> _listeners = [];
    private readonly ConnectionQuota _quota = new(guard.Value);
    private TlsGate? _tls;
    private Task _accepting = Task.CompletedTask;

    /// <inheritdoc/>
    public Func<IMqttChannelAdapter, Task>? ClientHandler { get; set; }

    /// <inheritdoc/>
    public Task StartAsync(MqttServerOptions options, IMqttNetLogger logger)
    {
        var o = mqtt.Value;
        _tls = o.Plaintext ? null : new TlsGate(o);
        Listen(new IPEndPoint(IPAddress.Parse(o.Address), o.Port), _tls);
        if (!o.Plaintext && o.PlaintextPort > 0)
        {
            Listen(new IPEndPoint(IPAddress.Loopback, o.PlaintextPort), null);
        }

        _accepting = Task.WhenAll(_listeners.Select(l => l.AcceptAsync(c => ClientHandler?.Invoke(c) ?? Task.CompletedTask, _stop.Token)));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _listeners.ForEach(l => l.Dispose());
        await _accepting.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listeners.ForEach(l => l.Dispose());
        _tls?.Dispose();
        _stop.Dispose();
    }

    private void Listen(IPEndPoint endPoint, TlsGate? tls)
    {
        var listener = new GuardedListener(endPoint, tls, guard.Value, _quota, refusals, time, logger);
        _listeners.Add(listener);
        listener.Bind();
    }
}
