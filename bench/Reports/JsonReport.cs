using System.Text.Json;

namespace OutbackUptime.Bench.Reports;

/// <summary>A suite's figures for programs.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>What an earlier run wrote; null where there is none.</summary>
    public static T? Read<T>(string? path)
        where T : class => File.Exists(path) ? JsonSerializer.Deserialize<T>(File.ReadAllText(path), s_options) : null;

    /// <summary>Writes it, if a file was asked for.</summary>
    public static void Write<T>(string? path, T report)
    {
        if (path is not null)
        {
            File.WriteAllText(path, JsonSerializer.Serialize(report, s_options));
        }
    }
}
