using System.ComponentModel;
using System.Diagnostics;

namespace OutbackUptime.Demo.Processes;

/// <summary>Runs a system tool to its end.</summary>
internal static class Shell
{
    /// <summary>Throws <see cref="DemoException"/> with what the tool said when it fails or is not installed.</summary>
    public static async Task RunAsync(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            var output = process.StandardOutput.ReadToEndAsync();
            var error = await process.StandardError.ReadToEndAsync().ConfigureAwait(false);
            await output.ConfigureAwait(false);
            await process.WaitForExitAsync().ConfigureAwait(false);
            if (process.ExitCode != 0)
            {
                throw new DemoException($"{program} {string.Join(' ', arguments)}: {error.Trim()}");
            }
        }
        catch (Win32Exception e)
        {
            throw new DemoException($"{program} is not installed: {e.Message}");
        }
    }
}
