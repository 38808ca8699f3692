namespace OutbackUptime.Bench.Servers;

/// <summary>Programs of this repository that are built with the bench.</summary>
internal static class BuiltProgram
{
    /// <summary>artifacts/bin/{project}/{configuration}/{project}.dll.</summary>
    public static string PathOf(string project)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var path = Path.Combine(own.Parent!.Parent!.FullName, project, own.Name, project + ".dll");
        return File.Exists(path) ? path : throw new BenchException($"{path} is not there: dotnet build -c Release bench");
    }
}
