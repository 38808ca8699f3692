using System.Globalization;
using OutbackUptime.Bench.Load;

namespace OutbackUptime.Bench.Servers;

/// <summary>npm's aedes as its README starts it: persistence in memory.</summary>
internal sealed class AedesBroker : IBroker
{
    public string Name => "aedes";

    public string Promise => "from memory, in one Node process";

    public Task<string?> MissingAsync(CancellationToken cancellationToken) => Task.FromResult(PeerPrograms.Missing);

    public Task<ServerProcess> StartAsync(string folder, LoadTarget target, CancellationToken cancellationToken) => ServerProcess.StartAsync(
        PeerPrograms.Tool("node")!,
        [PeerPrograms.PathOf("aedes.js")],
        new Dictionary<string, string> { ["PORT"] = target.Port.ToString(CultureInfo.InvariantCulture) },
        "READY",
        cancellationToken);
}
