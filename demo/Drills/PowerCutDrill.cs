using OutbackUptime.Demo.Cluster;

namespace OutbackUptime.Demo.Drills;

/// <summary>A gateway loses power, and with it all that its card was not yet told to keep.</summary>
internal sealed class PowerCutDrill : IDrill
{
    private const int Times = 3;

    public string Name => "power-cut";

    public string Story => $"every gateway loses power under load, {Times} times; its disk is put back to what it had really written";

    public SystemNeeds Needs { get; } = new() { DiskMegabytes = 256 };

    public async Task RunAsync(DrillRun run)
    {
        var gateways = run.System.Gateways.Values.ToArray();
        if (run.System.Disks.Count == 0)
        {
            run.Timeline.Note("no disks of their own on this machine (needs root and loop devices): SIGKILL only, which loses nothing that was written");
        }

        for (var i = 0; i < Times; i++)
        {
            await run.PowerCutAsync(gateways).ConfigureAwait(false);
            await run.LoadAsync(TimeSpan.FromSeconds(4)).ConfigureAwait(false);
        }
    }
}
