using System.Diagnostics;

namespace OutbackUptime.Infra.Tests.Terraform;

/// <summary>Terraform, or OpenTofu, of this machine. Only for modules without providers: those need no network.</summary>
internal static class TerraformCli
{
    /// <summary>Path of the program; null where there is none.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => new[] { Path.Combine(folder, "terraform"), Path.Combine(folder, "tofu") })
        .FirstOrDefault(File.Exists);

    /// <summary>Runs a command in a folder, at most 60 s.</summary>
    public static async Task<string> RunAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Program!) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["CHECKPOINT_DISABLE"] = "1";
        start.Environment["TF_IN_AUTOMATION"] = "1";
        start.Environment["TF_CLI_CONFIG_FILE"] = "/dev/null";
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{string.Join(' ', arguments)}: {await output}{await errors}");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>A copy of a module and of layout.json, in which Terraform may leave its own files.</summary>
    public static TemporaryModule Copy(string module) => new(module);
}
