using System.Diagnostics;

namespace OutbackUptime.Demo.Cluster;

/// <summary>Has the engine's program fetch what the demo needs, once, with its progress on the terminal.</summary>
internal static class Azurite
{
    /// <summary>Fetches the ClickHouse engine and Azurite if need be; returns Azurite's script, or null when OUTBACK_MEMBERSHIP names a real table.</summary>
    public static async Task<string?> FetchAsync(CancellationToken cancellationToken)
    {
        var external = Environment.GetEnvironmentVariable("OUTBACK_MEMBERSHIP") is { Length: > 0 };
        if (DemoSystem.Regions.Any(r => Environment.GetEnvironmentVariable($"OUTBACK_CLICKHOUSE_{r.ToUpperInvariant()}") is not { Length: > 0 }))
        {
            await WhereAsync("chdb", cancellationToken).ConfigureAwait(false);
        }

        return external ? null : await WhereAsync("azurite", cancellationToken).ConfigureAwait(false);
    }

    private static async Task<string> WhereAsync(string package, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Assemblies.PathOf("OutbackUptime.EmbeddedClickHouse"), "--where", package]) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        return process.ExitCode == 0 ? output.Trim() : throw new DemoException("The demo needs the ClickHouse engine and Azurite; see above.");
    }
}
