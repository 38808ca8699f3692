namespace OutbackUptime.Bench.Servers;

/// <summary>The peers' programs: bench/peers of this checkout, with the packages that npm puts there.</summary>
internal static class PeerPrograms
{
    /// <summary>bench/peers.</summary>
    public static string Folder { get; } = Find();

    /// <summary>What to do before they run; null when nothing.</summary>
    public static string? Missing => Tool("node") is null
        ? "node is not installed: apt-get install nodejs npm (20 or later)"
        : Directory.Exists(Path.Combine(Folder, "node_modules", "mqtt")) ? null : "its packages are not there: npm ci --ignore-scripts --prefix bench/peers";

    /// <summary>A file of bench/peers.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Folder, .. parts]);

    /// <summary>Where a program is; Debian's servers lie where a user's PATH does not look.</summary>
    public static string? Tool(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Concat(["/usr/sbin", "/usr/local/sbin", "/usr/bin"])
        .Where(f => f.Length > 0).Select(f => Path.Combine(f, name)).FirstOrDefault(File.Exists);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "bench", "peers", "package.json")))
            {
                return Path.Combine(folder.FullName, "bench", "peers");
            }
        }

        return Path.Combine(AppContext.BaseDirectory, "peers");
    }
}
