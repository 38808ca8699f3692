using OutbackUptime.Bench.Load;

namespace OutbackUptime.Bench.Servers;

/// <summary>A front door that takes QoS 1 publishes: ours, or one that people would use instead.</summary>
internal interface IBroker
{
    /// <summary>Its row.</summary>
    string Name { get; }

    /// <summary>What its PUBACK says.</summary>
    string Promise { get; }

    /// <summary>Why it can't be measured here, and what to do about it; null when it can.</summary>
    Task<string?> MissingAsync(CancellationToken cancellationToken);

    /// <summary>Starts it on a folder, which may hold what an earlier start left.</summary>
    Task<ServerProcess> StartAsync(string folder, LoadTarget target, CancellationToken cancellationToken);

    /// <summary>Whatever must happen once before the load: here a subscriber comes and goes, so that there is something to keep.</summary>
    Task PrepareAsync(LoadTarget target, CancellationToken cancellationToken) => AwaySubscriber.SubscribeAndLeaveAsync(target, cancellationToken);

    /// <summary>Who was away comes back and takes what it kept, until nothing came for <paramref name="quiet"/>, at most for <paramref name="limit"/>.</summary>
    Task<List<PacketKey>> CollectAsync(LoadTarget target, TimeSpan quiet, TimeSpan limit, CancellationToken cancellationToken) =>
        AwaySubscriber.CollectAsync(target, quiet, limit, cancellationToken);
}
