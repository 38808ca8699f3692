namespace OutbackUptime.Infra.Tests.Terraform;

/// <summary>Where the repository's files are.</summary>
internal static class Repository
{
    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Full path of a file or folder, from its parts.</summary>
    public static string At(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "OutbackUptime.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("No OutbackUptime.sln above " + AppContext.BaseDirectory);
    }
}
