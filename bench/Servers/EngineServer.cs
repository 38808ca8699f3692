using System.Diagnostics;
using System.Globalization;

namespace OutbackUptime.Bench.Servers;

/// <summary>The ClickHouse engine as the demo's stores run it; and Azurite, which the same program fetches.</summary>
internal static class EngineServer
{
    private const string Project = "OutbackUptime.EmbeddedClickHouse";

    public static Task<ServerProcess> StartAsync(string folder, int port, CancellationToken cancellationToken) => ServerProcess.StartAsync(
        "dotnet",
        [BuiltProgram.PathOf(Project), "--data", folder, "--port", port.ToString(CultureInfo.InvariantCulture)],
        new Dictionary<string, string> { ["DOTNET_DbgEnableMiniDump"] = "0" },
        "READY",
        cancellationToken);

    /// <summary>Azurite's table service, fetched if need be.</summary>
    public static async Task<ServerProcess> StartAzuriteAsync(string folder, int port, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [BuiltProgram.PathOf(Project), "--where", "azurite"]) { RedirectStandardOutput = true })!;
        var script = (await process.StandardOutput.ReadToEndAsync(cancellationToken).ConfigureAwait(false)).Trim();
        await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        if (process.ExitCode != 0)
        {
            throw new BenchException("Azurite could not be fetched; see above.");
        }

        return await ServerProcess.StartAsync(
            "node",
            [script, "--location", folder, "--skipApiVersionCheck", "--disableTelemetry", "--silent", "--tableHost", "127.0.0.1", "--tablePort", port.ToString(CultureInfo.InvariantCulture)],
            new Dictionary<string, string>(),
            "successfully started",
            cancellationToken).ConfigureAwait(false);
    }
}
