using OutbackUptime.Bench.Load;

namespace OutbackUptime.Bench.Peers;

/// <summary>What the SIGKILLs of a part did.</summary>
/// <param name="Pipeline">Which pipeline.</param>
/// <param name="Part">What was killed.</param>
/// <param name="Role">What that is.</param>
/// <param name="Kills">How many.</param>
/// <param name="Counts">Of what users read in each store, all kills together.</param>
/// <param name="CopiesWritten">Rows beyond the first of each packet in the tables themselves; merges may have removed some of ours.</param>
/// <param name="DrainSeconds">Longest from the end of the load until all had come, or no more came.</param>
internal sealed record PeerKillRow(string Pipeline, string Part, string Role, int Kills, IReadOnlyList<DeliveryCount> Counts, long CopiesWritten, double DrainSeconds)
{
    /// <summary>In the store that lost most.</summary>
    public long Lost => Counts.Max(c => c.Lost);

    /// <summary>In the store that has most twice.</summary>
    public long Doubled => Counts.Max(c => c.Doubled);
}
