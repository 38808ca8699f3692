using System.Text.Json;
using System.Text.Json.Serialization;

namespace OutbackUptime.Ledger.Report;

/// <summary>The ledger, for machines.</summary>
public sealed record LedgerResult
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.Never };

    /// <summary>Hubs in the record.</summary>
    public required int Hubs { get; init; }

    /// <summary>Packets published.</summary>
    public required long Published { get; init; }

    /// <summary>Packets acknowledged.</summary>
    public required long Acknowledged { get; init; }

    /// <summary>Deliberately bad packets acknowledged.</summary>
    public required long Bad { get; init; }

    /// <summary>Per region.</summary>
    public required IReadOnlyDictionary<string, StoreResult> Stores { get; init; }

    /// <summary>Deliberately bad packets found in every store's quarantine.</summary>
    public required long Quarantined { get; init; }

    /// <summary>Entries that journals still hold.</summary>
    public required long JournalRemaining { get; init; }

    /// <summary>Acknowledged and not in a store, with the cause; also those that a gateway names as given up.</summary>
    public required IReadOnlyList<LedgerRange> Missing { get; init; }

    /// <summary>In a store more than once.</summary>
    public required IReadOnlyList<LedgerRange> Duplicates { get; init; }

    /// <summary>In a store with other content.</summary>
    public required IReadOnlyList<LedgerRange> Altered { get; init; }

    /// <summary>In a store and never published.</summary>
    public required IReadOnlyList<LedgerRange> Phantoms { get; init; }

    /// <summary>Never acknowledged, yet in one store only; or under different boots.</summary>
    public required IReadOnlyList<LedgerRange> Differences { get; init; }

    /// <summary>All hubs.</summary>
    [JsonIgnore]
    public IReadOnlyList<LedgerLine> Lines { get; init; } = [];

    /// <summary><c>pass</c> or <c>fail</c>.</summary>
    public required string Verdict { get; init; }

    /// <summary>Why it fails, in words.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>Whether nothing acknowledged is missing, doubled or altered, and nothing was made up.</summary>
    [JsonIgnore]
    public bool Passed => Verdict == "pass";

    /// <summary>As indented JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);
}
