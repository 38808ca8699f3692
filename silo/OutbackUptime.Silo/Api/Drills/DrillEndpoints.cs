using System.Text.Json;
using Microsoft.Extensions.Options;

namespace OutbackUptime.Silo.Api.Drills;

/// <summary>Reports of drills, as the drills wrote them.</summary>
internal static class DrillEndpoints
{
    private const int MaxFiles = 100;
    private const int MaxBytes = 1_000_000;

    public static void MapDrills(this RouteGroupBuilder api) =>
        api.MapGet("/drills", (IOptions<ApiOptions> options) => Read(options.Value.DrillsFolder))
            .WithName("ListDrills").WithSummary("Results of drills with their ledgers, the newest first (folder Api:DrillsFolder).");

    private static List<DrillReport> Read(string folder)
    {
        List<DrillReport> reports = [];
        if (folder.Length == 0 || !Directory.Exists(folder))
        {
            return reports;
        }

        foreach (var file in new DirectoryInfo(folder).GetFiles("*.json").Where(f => f.Length <= MaxBytes).OrderByDescending(f => f.LastWriteTimeUtc).Take(MaxFiles))
        {
            try
            {
                using var document = JsonDocument.Parse(File.ReadAllBytes(file.FullName));
                var root = document.RootElement;
                reports.AddRange((root.ValueKind == JsonValueKind.Array ? root.EnumerateArray().ToArray() : [root])
                    .Where(r => r.ValueKind == JsonValueKind.Object && r.TryGetProperty("drill", out _))
                    .Select(r => new DrillReport(file.Name, new DateTimeOffset(file.LastWriteTimeUtc), r.Clone())));
            }
            catch (Exception e) when (e is JsonException or IOException)
            {
                // Half written, or something else that lies in the folder.
            }
        }

        return reports;
    }
}
