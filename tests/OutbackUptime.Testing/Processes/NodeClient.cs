namespace OutbackUptime.Testing.Processes;

/// <summary>Scripts on other people's npm clients (NodeClients/), which are installed once beside the build output.</summary>
public static class NodeClient
{
    private static readonly SemaphoreSlim s_installing = new(1);
    private static readonly string s_source = Path.Combine(AppContext.BaseDirectory, "NodeClients");

    /// <summary>Starts a script.</summary>
    public static async Task<ChildProcess> StartAsync(string script, params string[] arguments)
    {
        await InstallAsync();
        return ChildProcess.Start("node", [Path.Combine(s_source, script), .. arguments]);
    }

    private static async Task InstallAsync()
    {
        await s_installing.WaitAsync();
        try
        {
            // npm writes the file there last; without one its time is in 1601.
            if (File.GetLastWriteTimeUtc(Path.Combine(s_source, "node_modules", ".package-lock.json")) < File.GetLastWriteTimeUtc(Path.Combine(s_source, "package-lock.json")))
            {
                await using var npm = ChildProcess.Start("npm", ["ci", "--prefix", s_source, "--no-audit", "--no-fund"]);
                var exit = await npm.WaitForExitAsync(TimeSpan.FromMinutes(3));
                if (exit != 0)
                {
                    throw new InvalidOperationException($"npm ci failed:\n{npm.Output}");
                }
            }
        }
        finally
        {
            s_installing.Release();
        }
    }
}
