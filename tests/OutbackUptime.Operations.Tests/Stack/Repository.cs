namespace OutbackUptime.Operations.Tests.Stack;

/// <summary>The files under test: configuration, rules, dashboards, runbooks.</summary>
internal static class Repository
{
    private static readonly string s_root = FindRoot();

    public static string PathOf(string relative) => Path.Combine(s_root, relative);

    public static string[] Files(string folder, string pattern) => [.. Directory.GetFiles(PathOf(folder), pattern).Order(StringComparer.Ordinal)];

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "OutbackUptime.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"No OutbackUptime.sln above {AppContext.BaseDirectory}.");
    }
}
