namespace OutbackUptime.Ledger.Books;

/// <summary>A record by which a gateway names packets that not every store gets as they were.</summary>
/// <param name="Station">Station id.</param>
/// <param name="Epoch">The journal's identity.</param>
/// <param name="Offset">The record's own place in the journal.</param>
/// <param name="Cause"><c>evicted</c>, <c>thinned</c> or <c>damaged</c>.</param>
/// <param name="FirstOffset">First offset meant.</param>
/// <param name="Packets">How many packets it names, at most.</param>
/// <param name="Hub">Their hub; empty: any hub of the station.</param>
/// <param name="Boot">Their boot.</param>
/// <param name="FirstSeq">Lowest seq.</param>
/// <param name="LastSeq">Highest seq.</param>
/// <param name="MissingIn">Regions that lack them; none: all.</param>
internal sealed record NamedLoss(
    string Station, string Epoch, ulong Offset, string Cause, ulong FirstOffset, ulong Packets, string Hub, ulong Boot, ulong FirstSeq, ulong LastSeq, IReadOnlyList<string> MissingIn)
{
    /// <summary>Quarantined payloads have neither boot nor seq.</summary>
    public bool IsUnnumbered => Boot == 0 && FirstSeq == 0;

    public bool Concerns(string region) => MissingIn.Count == 0 || MissingIn.Contains(region);

    /// <summary>Whether it may mean the packet. Of a hub that sends no boot the record has the one that the gateway assigned.</summary>
    public bool Covers(BookEntry entry) => FirstSeq <= entry.Seq && entry.Seq <= LastSeq && (entry.Boot == Boot || entry.Boot == BookEntry.NoBoot);
}
