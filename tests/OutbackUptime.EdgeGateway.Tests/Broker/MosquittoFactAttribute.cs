using OutbackUptime.Testing.Processes;

namespace OutbackUptime.EdgeGateway.Tests.Broker;

/// <summary>A test that needs a Mosquitto broker; skipped, and says so, where there is none.</summary>
internal sealed class MosquittoFactAttribute : FactAttribute
{
    public MosquittoFactAttribute() => Skip = MosquittoServer.Program is null ? "mosquitto is not installed (Debian package mosquitto)" : null;
}
