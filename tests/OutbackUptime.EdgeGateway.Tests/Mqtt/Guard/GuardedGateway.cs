namespace OutbackUptime.EdgeGateway.Tests.Mqtt.Guard;

/// <summary>A gateway with short limits, for tests that run into them one after the other.</summary>
public sealed class GuardedGateway : IAsyncLifetime
{
    internal GatewayProcess Process { get; } = new(
        ("Mqtt__Guard__HandshakeTime", "00:00:01"),
        ("Mqtt__Guard__ConnectTime", "00:00:01"),
        ("Mqtt__Guard__PacketTime", "00:00:01"),
        ("Mqtt__Guard__ReceiveMaximum", "4"),
        ("Mqtt__Guard__MaxPendingPerAddress", "10"),
        ("Mqtt__Guard__MaxSubscriptions", "3"),
        ("Mqtt__Guard__MaxWatchers", "2"),
        ("Mqtt__Guard__LogInterval", "00:00:00"));

    public Task InitializeAsync() => Process.StartAsync();

    public async Task DisposeAsync() => await Process.DisposeAsync();
}
