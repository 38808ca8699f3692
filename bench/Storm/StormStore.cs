namespace OutbackUptime.Bench.Storm;

/// <summary>A store against what was sent.</summary>
/// <param name="Region">Which.</param>
/// <param name="Sent">Packets sent.</param>
/// <param name="Held">Packets that it returns.</param>
/// <param name="Missing">Packets of stations that have fewer than were sent.</param>
/// <param name="Doubled">Packets that it returns more than once.</param>
/// <param name="AlteredStations">Stations whose payload hashes do not add up to those sent.</param>
/// <param name="RowsWrittenAgain">Rows of repeated writes that are not merged away yet; nobody sees them.</param>
internal sealed record StormStore(string Region, long Sent, long Held, long Missing, long Doubled, int AlteredStations, long RowsWrittenAgain)
{
    /// <summary>Nothing lost, doubled or altered.</summary>
    public bool IsRight => Missing == 0 && Doubled == 0 && AlteredStations == 0 && Held == Sent;
}
