using OutbackUptime.Bench.Load;
using OutbackUptime.Bench.Servers;

namespace OutbackUptime.Bench.Gateway;

/// <summary>
/// SIGKILLs a broker under load, starts it again on the same data, and counts what of that which it had acknowledged reaches the
/// subscriber that was away. The hubs end with the broker and send nothing again, so a packet that comes twice is the broker's own doing.
/// A SIGKILL is no power cut: what the kernel was given survives it, fsynced or not.
/// </summary>
internal sealed class BrokerKill(GatewayOptions options, TimeProvider time)
{
    public const int Hubs = 50;
    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(180);

    public async Task<DeliveryCount> RunAsync(IBroker broker, CancellationToken cancellationToken)
    {
        using var folder = new BenchFolder(options.Data);
        var target = GatewayServer.Target(FreePort.Next(), tls: false);
        HashSet<PacketKey> acknowledged;
        await using (var server = await broker.StartAsync(folder.Path, target, cancellationToken).ConfigureAwait(false))
        {
            await broker.PrepareAsync(target, cancellationToken).ConfigureAwait(false);
            await using var hubs = ReturningHubs.Start(target, Hubs, options.KillRate, again: false, time.GetUtcNow());
            await Task.Delay(options.KillAfter, cancellationToken).ConfigureAwait(false);
            // Leaving it kills it.
            await server.DisposeAsync().ConfigureAwait(false);
            acknowledged = await hubs.StopAsync(TimeSpan.FromSeconds(10)).ConfigureAwait(false);
        }

        if (acknowledged.Count == 0)
        {
            throw new BenchException($"{broker.Name} acknowledged nothing.");
        }

        await using var again = await broker.StartAsync(folder.Path, target, cancellationToken).ConfigureAwait(false);
        return DeliveryCount.Of(acknowledged, await broker.CollectAsync(target, s_quiet, s_limit, cancellationToken).ConfigureAwait(false));
    }
}
