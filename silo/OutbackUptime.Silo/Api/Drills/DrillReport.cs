using System.Text.Json;

namespace OutbackUptime.Silo.Api.Drills;

/// <summary>A drill's report.</summary>
/// <param name="File">The file's name.</param>
/// <param name="At">When it was written.</param>
/// <param name="Report">What the drill wrote: verdict, counts per store, missing ranges, takeover and give-back in seconds.</param>
internal sealed record DrillReport(string File, DateTimeOffset At, JsonElement Report);
