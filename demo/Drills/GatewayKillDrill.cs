namespace OutbackUptime.Demo.Drills;

/// <summary>A gateway loses power under load.</summary>
internal sealed class GatewayKillDrill : IDrill
{
    private const int Times = 3;

    public string Name => "gateway-kill";

    public string Story => $"SIGKILL of every gateway under load, {Times} times; each starts by itself on its journal";

    public async Task RunAsync(DrillRun run)
    {
        for (var i = 0; i < Times; i++)
        {
            var gateways = run.System.Gateways.Values.ToArray();
            run.Timeline.Note($"SIGKILL {string.Join(", ", gateways.Select(g => g.Name))}");
            await Task.WhenAll(gateways.Select(g => g.KillAsync())).ConfigureAwait(false);
            await run.StartAsync(gateways).ConfigureAwait(false);
            await run.LoadAsync(TimeSpan.FromSeconds(4)).ConfigureAwait(false);
        }
    }
}
