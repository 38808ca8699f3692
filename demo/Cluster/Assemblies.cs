namespace OutbackUptime.Demo.Cluster;

/// <summary>Programs that the demo starts: built beside it.</summary>
internal static class Assemblies
{
    /// <summary>artifacts/bin/{project}/{configuration}/{project}.dll.</summary>
    public static string PathOf(string project)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var path = Path.Combine(own.Parent!.Parent!.FullName, project, own.Name, project + ".dll");
        return File.Exists(path) ? path : throw new DemoException($"{path} is not there: build the whole solution (dotnet build).");
    }
}
