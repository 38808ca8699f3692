namespace OutbackUptime.Silo.Api.Uptime;

/// <summary>Minutes by cause.</summary>
/// <param name="From">Start of the range.</param>
/// <param name="To">End of the range.</param>
/// <param name="Rows">By station, hub or whatever was asked for.</param>
internal sealed record UptimeReport(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<UptimeRow> Rows);

/// <summary>What became of the minutes.</summary>
/// <param name="Station">Station id; empty when summed over all.</param>
/// <param name="Hub">Hub id; empty when summed over hubs.</param>
/// <param name="UptimePercent">up / (all - unknown), in per cent; null when nothing is known.</param>
/// <param name="Minutes">Minutes by verdict.</param>
/// <param name="LateMinutes">Minutes whose packets came afterwards and are complete.</param>
internal sealed record UptimeRow(string Station, string Hub, double? UptimePercent, IReadOnlyDictionary<string, long> Minutes, long LateMinutes);

/// <summary>Per hub what happened when.</summary>
/// <param name="From">Start of the first minute.</param>
/// <param name="To">End of the last minute.</param>
/// <param name="Hubs">A ribbon for each hub.</param>
/// <param name="Marks">Ranges that are not what they seem: late but complete, thinned, lost.</param>
internal sealed record RibbonReport(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<Ribbon> Hubs, IReadOnlyList<RangeMark> Marks);

/// <summary>A hub's minutes, run by run.</summary>
internal sealed record Ribbon(string Hub, IReadOnlyList<RibbonRun> Runs);

/// <summary>Minutes in a row with the same verdict.</summary>
/// <param name="From">Start of the first.</param>
/// <param name="Minutes">How many.</param>
/// <param name="Verdict">`up`, `hub-down`, `gateway-down`, `link-down`, `region-down`, `ours`, `unknown`.</param>
/// <param name="Late">Their packets came afterwards and are complete.</param>
internal sealed record RibbonRun(DateTimeOffset From, int Minutes, string Verdict, bool Late);

/// <summary>A range of a hub's data that is not what was measured, second by second, in time.</summary>
/// <param name="Kind">`late` (complete, came afterwards), `thinned` (quarter-hour aggregates instead of packets), `lost` (named, gone).</param>
/// <param name="Hub">Hub id; empty when not known or several.</param>
/// <param name="From">Start.</param>
/// <param name="To">End.</param>
/// <param name="Packets">Packets meant; 0 for late ranges.</param>
/// <param name="Detail">For people.</param>
internal sealed record RangeMark(string Kind, string Hub, DateTimeOffset From, DateTimeOffset To, long Packets, string Detail);

/// <summary>Something that a gateway's journal gave up or thinned.</summary>
internal sealed record LossView(
    string Station, string Kind, string Cause, string Hub, long Boot, long FirstSeq, long LastSeq, long Packets, IReadOnlyList<string> MissingIn, DateTimeOffset RecordedAt, string Detail);
