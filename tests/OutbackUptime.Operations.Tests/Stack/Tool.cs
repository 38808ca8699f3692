using System.Diagnostics;

namespace OutbackUptime.Operations.Tests.Stack;

/// <summary>Tools of Debian's packages prometheus and prometheus-alertmanager.</summary>
internal static class Tool
{
    public static bool Exists(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, name)));

    /// <summary>Runs it to its end: exit code, and what it said on both streams.</summary>
    public static async Task<(int Exit, string Output)> RunAsync(string name, IEnumerable<string> arguments, string input = "")
    {
        using var process = Process.Start(new ProcessStartInfo(name, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
