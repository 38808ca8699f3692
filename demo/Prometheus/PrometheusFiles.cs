using System.Text.Json;
using OutbackUptime.Demo.Cluster;

namespace OutbackUptime.Demo.Prometheus;

/// <summary>
/// What a Prometheus needs to watch this demo, written into its data folder: the product's own configuration and rules
/// (ops/prometheus) with a shorter interval, and the demo's targets.
/// </summary>
internal static class PrometheusFiles
{
    /// <summary>Name of the configuration within the data folder.</summary>
    public const string Configuration = "prometheus/prometheus.yml";

    /// <summary>How often the demo is scraped: a demo is short.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    public static void Write(DemoSystem system)
    {
        var own = Directory.CreateDirectory(system.Folder.File("prometheus")).FullName;
        var source = Path.Combine(AppContext.BaseDirectory, "prometheus");
        Directory.CreateDirectory(Path.Combine(own, "rules"));
        Directory.CreateDirectory(Path.Combine(own, "targets"));
        foreach (var rules in Directory.GetFiles(Path.Combine(source, "rules"), "*.yml"))
        {
            File.Copy(rules, Path.Combine(own, "rules", Path.GetFileName(rules)), overwrite: true);
        }

        // There is no Alertmanager here: what fires is on Prometheus' own page.
        var configuration = File.ReadAllText(Path.Combine(source, "prometheus.yml"));
        File.WriteAllText(system.Folder.File(Configuration), configuration
            .Replace("_interval: 15s", $"_interval: {Interval.TotalSeconds:0}s", StringComparison.Ordinal)
            .Replace("targets: [alertmanager:9093]", "targets: []", StringComparison.Ordinal));
        WriteTargets(own, "silo", system.Silos.Keys.Select(s => Target(system.SiloUrl(s), ("silo", s), ("silo_region", DemoSystem.RegionOf(s)))));
        WriteTargets(own, "gateway", system.Stations.Select(s => Target(system.GatewayUrl(s.Id))));
        WriteTargets(own, "store", system.Stores.Keys.Select(r => Target(system.StoreUrl(r), ("region", r))));
    }

    private static void WriteTargets(string own, string job, IEnumerable<object> targets) =>
        File.WriteAllText(Path.Combine(own, "targets", job + ".json"), JsonSerializer.Serialize(targets));

    private static object Target(string url, params (string Name, string Value)[] labels) => new
    {
        targets = new[] { new Uri(url).Authority },
        labels = labels.ToDictionary(l => l.Name, l => l.Value, StringComparer.Ordinal),
    };
}
