using OutbackUptime.Bench.FrontDoor;
using OutbackUptime.Bench.Load;

namespace OutbackUptime.Bench.Servers;

/// <summary>Mosquitto in one of its modes.</summary>
internal sealed class MosquittoBroker(FrontDoorServer mode) : IBroker
{
    public string Name => mode switch
    {
        FrontDoorServer.MosquittoQueued => "mosquitto-queued",
        FrontDoorServer.MosquittoAutosave => "mosquitto-autosave",
        _ => "mosquitto",
    };

    public string Promise => mode switch
    {
        FrontDoorServer.MosquittoQueued => "from memory, no limit on what waits; saved every 30 min",
        FrontDoorServer.MosquittoAutosave => "from memory, saved after each change",
        _ => "as Debian configures it: from memory, the subscriber's newest 1,000 kept",
    };

    public Task<string?> MissingAsync(CancellationToken cancellationToken) =>
        Task.FromResult(MosquittoServer.Program is null ? "mosquitto is not installed: apt-get install mosquitto" : null);

    public Task<ServerProcess> StartAsync(string folder, LoadTarget target, CancellationToken cancellationToken) =>
        MosquittoServer.StartAsync(folder, target, mode, cancellationToken, subscriber: false);
}
