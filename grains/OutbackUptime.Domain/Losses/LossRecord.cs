namespace OutbackUptime.Domain.Losses;

/// <summary>
/// Names a run of journal entries that will not reach every store as they were (I5: nothing disappears silently). It is
/// journaled in the same transaction that drops them, and takes the packets' way to both stores.
/// </summary>
/// <param name="Cause">Why.</param>
/// <param name="FirstOffset">First journal offset of the run.</param>
/// <param name="LastOffset">Last journal offset of the run, inclusive.</param>
/// <param name="Packets">How many entries of the run are meant; less than the run is long when others' entries lie between.</param>
/// <param name="Hub">Their hub; empty when it is not known (damage) or they are several hubs'.</param>
/// <param name="Boot">Their boot; 0 when not known.</param>
/// <param name="FirstSeq">Lowest seq; 0 when not known.</param>
/// <param name="LastSeq">Highest seq; 0 when not known.</param>
/// <param name="MissingIn">Regions whose store had not committed them.</param>
/// <param name="Detail">For people, at most 300 characters.</param>
public sealed record LossRecord(
    LossCause Cause,
    long FirstOffset,
    long LastOffset,
    long Packets,
    string Hub,
    long Boot,
    long FirstSeq,
    long LastSeq,
    IReadOnlyList<string> MissingIn,
    string Detail);
