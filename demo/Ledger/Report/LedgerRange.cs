using System.Text.Json.Serialization;

namespace OutbackUptime.Ledger.Report;

/// <summary>Packets of one hub in a row that share a fate. Ranges hold nothing but such packets.</summary>
/// <param name="Station">Station id.</param>
/// <param name="Hub">Hub id.</param>
/// <param name="Boot">Restart epoch; null where the hub sends none.</param>
/// <param name="From">First seq; null for deliberately bad packets, which have none.</param>
/// <param name="To">Last seq, inclusive.</param>
/// <param name="Packets">How many.</param>
/// <param name="Store">Region of the store, or both for a difference.</param>
/// <param name="Cause">
/// For missing ones <c>in-journal</c> (a gateway still holds it), <c>quarantined:CODE</c>, <c>evicted</c>, <c>thinned</c>, <c>damaged</c> (a gateway names it as given up: no fault), or <c>lost</c> (nowhere to be found); for others what was found.
/// </param>
public sealed record LedgerRange(string Station, string Hub, long? Boot, long? From, long? To, long Packets, string Store, string Cause)
{
    /// <summary>Whether a gateway names them as given up: no fault.</summary>
    [JsonIgnore]
    public bool IsNamed => Cause is "evicted" or "thinned" or "damaged";
}
