namespace OutbackUptime.EmbeddedClickHouse.Fetching;

/// <summary>What is fetched: pinned, so that a run next year gets the same bytes.</summary>
public static class NpmPackage
{
    /// <summary>The ClickHouse engine as a library (Apache-2.0).</summary>
    public const string Chdb = "@chdb/lib-linux-x64-gnu";

    /// <summary>Its version. Not the newest tag: 26.5 has no safe way for binary inserts.</summary>
    public const string ChdbVersion = "26.7.3-stable.1";

    /// <summary>Its tarball's integrity, in the form of npm (Subresource Integrity).</summary>
    public const string ChdbIntegrity = "sha512-XP97mMqnc5tZpKQywR8N7cLTsHNiTmHr30pC5mzo3jWmukjKn2IBa60c2B/gWUNcuFjOMjWoorQICCqBVj5wpw==";

    /// <summary>Azurite's version; its lock file (Fetching/azurite) pins the rest.</summary>
    public const string AzuriteVersion = "3.37.0";
}
