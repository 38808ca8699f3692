using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Server;
using MQTTnet.Server.Internal.Adapter;

namespace OutbackUptime.EdgeGateway.Mqtt;

/// <summary>The server's TCP and TLS listener, with a name for clients that leave it to the server (<see cref="NamingChannelAdapter"/>).</summary>
internal sealed class NamingServerAdapter : IMqttServerAdapter
{
    private readonly MqttTcpServerAdapter _inner = new();

    /// <inheritdoc/>
    public Func<IMqttChannelAdapter, Task>? ClientHandler
    {
        get => _inner.ClientHandler;
        set => _inner.ClientHandler = value is null ? null : channel => value(new NamingChannelAdapter(channel));
    }

    /// <inheritdoc/>
    public Task StartAsync(MqttServerOptions options, IMqttNetLogger logger) => _inner.StartAsync(options, logger);

    /// <inheritdoc/>
    public Task StopAsync() => _inner.StopAsync();

    /// <inheritdoc/>
    public void Dispose() => _inner.Dispose();
}
