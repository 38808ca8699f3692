using OutbackUptime.Silo.Api.Quarantine;
using OutbackUptime.Silo.Api.Uptime;

namespace OutbackUptime.Silo.Api.Export;

/// <summary>What there is of a station, what is not, and why: `ledger.json` of an export.</summary>
/// <param name="Station">Station id.</param>
/// <param name="RowsByRegion">Rows by region's store and table; `unreadable` where a store gave no answer.</param>
/// <param name="Ranges">Packets by hub and boot.</param>
/// <param name="Losses">What the gateway's journal gave up or thinned (at most 500, newest first; all are in losses.csv and thinned.csv).</param>
/// <param name="Quarantine">Entries by reason.</param>
/// <param name="Uptime">Minutes by hub and cause, of the last 400 days.</param>
internal sealed record ExportLedger(
    string Station, IReadOnlyDictionary<string, IReadOnlyDictionary<string, long>?> RowsByRegion, IReadOnlyList<SeqRange> Ranges, IReadOnlyList<LossView> Losses,
    IReadOnlyList<ReasonCount> Quarantine, UptimeReport Uptime);

/// <summary>Packets of a hub's boot.</summary>
internal sealed record SeqRange(string Hub, long Boot, long Packets, long FirstSeq, long LastSeq, DateTimeOffset FirstAt, DateTimeOffset LastAt);
