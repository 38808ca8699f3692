using System.Text.Json;
using OutbackUptime.Ledger.Report;

namespace OutbackUptime.Demo.Reports;

/// <summary>The JSON that `--report` writes.</summary>
internal sealed record RunReport
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Name of the drill; `run` for a plain run.</summary>
    public required string Drill { get; init; }

    public required string Topology { get; init; }

    public required int Seed { get; init; }

    public required int Hubs { get; init; }

    public required long Published { get; init; }

    public required long Acknowledged { get; init; }

    public required IReadOnlyDictionary<string, StoreReport> Stores { get; init; }

    public required long Quarantined { get; init; }

    public required long JournalRemaining { get; init; }

    /// <summary>From SIGKILL to the first receipt with a commit from the peer, the slowest gateway; null where nothing was taken over.</summary>
    public double? TakeoverSeconds { get; init; }

    /// <summary>From the region being ready again until its stations and gateways are home.</summary>
    public double? GiveBackSeconds { get; init; }

    /// <summary>Packets a second and gateway that left the journal while a backlog of 10,000 or more drained; null where there was none.</summary>
    public double? DrainPacketsPerSecond { get; init; }

    /// <summary>From the moment the link began to swallow until the gateway had left for the other region; null where none did.</summary>
    public double? WedgeFoundSeconds { get; init; }

    /// <summary>Milliseconds from the gateway's receipt to the home region's store, of packets that came in while a backlog drained.</summary>
    public LatencySummary? LiveDuringDrainMs { get; init; }

    public required LatencyReport LatencyMs { get; init; }

    public required IReadOnlyList<MissingRange> Missing { get; init; }

    /// <summary>`pass` or `fail`.</summary>
    public required string Verdict { get; init; }

    /// <summary>Why it failed.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    public static RunReport Of(string drill, DemoOptions options, LedgerResult ledger, DrillMeasures measures, IReadOnlyList<string> reasons) => new()
    {
        Drill = drill,
        Topology = options.Topology,
        Seed = options.Seed,
        Hubs = ledger.Hubs,
        Published = ledger.Published,
        Acknowledged = ledger.Acknowledged,
        Stores = ledger.Stores.ToDictionary(s => s.Key, s => new StoreReport(s.Value.Rows, s.Value.Missing, s.Value.Duplicates, s.Value.Altered), StringComparer.Ordinal),
        Quarantined = ledger.Quarantined,
        JournalRemaining = ledger.JournalRemaining,
        TakeoverSeconds = measures.TakeoverSeconds,
        GiveBackSeconds = measures.GiveBackSeconds,
        DrainPacketsPerSecond = measures.DrainPacketsPerSecond,
        WedgeFoundSeconds = measures.WedgeFoundSeconds,
        LiveDuringDrainMs = measures.LiveDuringDrain,
        LatencyMs = new LatencyReport(measures.Committed?.Summary ?? new(null, null, null), measures.Safe?.Summary ?? new(null, null, null))
        {
            ReceivedToCommitted = measures.ReceivedToCommitted?.Summary,
            ReceivedToSafe = measures.ReceivedToSafe?.Summary,
            PrometheusCommitted = measures.PrometheusCommitted,
            PrometheusSafe = measures.PrometheusSafe,
        },
        Missing = [.. ledger.Missing.Select(m => new MissingRange($"{m.Station}/{m.Hub}", m.Boot, m.From, m.To, $"{m.Store}: {m.Cause}"))],
        Verdict = reasons.Count == 0 ? "pass" : "fail",
        Reasons = reasons,
    };

    public string ToJson() => JsonSerializer.Serialize(this, s_json);

    /// <summary>A list of reports, for several drills.</summary>
    public static string ToJson(IReadOnlyList<RunReport> reports) => reports is [var one] ? one.ToJson() : JsonSerializer.Serialize(reports, s_json);
}
