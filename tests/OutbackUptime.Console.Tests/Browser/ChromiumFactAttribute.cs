namespace OutbackUptime.Console.Tests.Browser;

/// <summary>Needs Debian's `chromium`.</summary>
public sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute()
    {
        if (Path is null)
        {
            Skip = "There is no chromium on this machine: apt-get install chromium.";
        }
    }

    /// <summary>Where it is, or null.</summary>
    public static string? Path { get; } = new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser" }.FirstOrDefault(File.Exists);
}
