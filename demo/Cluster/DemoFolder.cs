using System.Globalization;

namespace OutbackUptime.Demo.Cluster;

/// <summary>Where a demo keeps its things.</summary>
internal sealed class DemoFolder(string root)
{
    public string Root { get; } = Directory.CreateDirectory(root).FullName;

    public string Logs => Make("logs");

    public string Certificates => Make("certificates");

    public string Store(string region) => Make($"store-{region}");

    public string Gateway(string station) => Make($"gateway-{station}");

    public string Records => Make("records");

    public string File(string name) => Path.Combine(Root, name);

    /// <summary>Counts runs on this folder, from 1: hubs of a later run must not repeat the packets of an earlier one.</summary>
    public int NextRun()
    {
        var path = File("runs");
        var run = (System.IO.File.Exists(path) ? int.Parse(System.IO.File.ReadAllText(path), CultureInfo.InvariantCulture) : 0) + 1;
        System.IO.File.WriteAllText(path, run.ToString(CultureInfo.InvariantCulture));
        return run;
    }

    /// <summary>A folder of the user's data, or the one given.</summary>
    public static string DefaultRoot(string name) =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "outback-uptime", name);

    private string Make(string name) => Directory.CreateDirectory(Path.Combine(Root, name)).FullName;
}
