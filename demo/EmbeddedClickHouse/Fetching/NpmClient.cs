using System.ComponentModel;
using System.Diagnostics;

namespace OutbackUptime.EmbeddedClickHouse.Fetching;

/// <summary>Runs npm.</summary>
public sealed class NpmClient
{
    private readonly string _command;

    /// <param name="command">The program; `npm` unless a test says otherwise.</param>
    public NpmClient(string command = "npm") => _command = command;

    /// <summary>Runs npm in <paramref name="folder"/> and throws with its message when it fails or isn't there.</summary>
    public async Task RunAsync(IReadOnlyList<string> arguments, string folder, CancellationToken cancellationToken)
    {
        using var process = Start(arguments, folder);
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        await output.ConfigureAwait(false);
        if (process.ExitCode != 0)
        {
            throw new FetchFailedException($"npm {string.Join(' ', arguments)} failed ({process.ExitCode}): {(await errors.ConfigureAwait(false)).Trim()}\n{WaysOut}");
        }
    }

    private const string WaysOut = """
        Two ways out:
          - install Node.js with npm (it fetches the ClickHouse engine and Azurite once), or
          - point OUTBACK_CLICKHOUSE_SYD and OUTBACK_CLICKHOUSE_MEL at ClickHouse servers and OUTBACK_MEMBERSHIP at an Azure Table account (connection strings).
        """;

    private Process Start(IReadOnlyList<string> arguments, string folder)
    {
        var start = new ProcessStartInfo(_command, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new FetchFailedException($"npm was not found.\n{WaysOut}", e);
        }
    }
}
