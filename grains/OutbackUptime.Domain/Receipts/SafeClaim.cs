namespace OutbackUptime.Domain.Receipts;

/// <summary>
/// What may be told to a hub: whatever it published of this boot up to this seq, and was acknowledged, is committed in all regions.
/// </summary>
/// <param name="Hub">The hub.</param>
/// <param name="Boot">Its boot.</param>
/// <param name="Seq">Every journaled packet of the boot with this seq or a lower one is safe.</param>
public sealed record SafeClaim(string Hub, long Boot, long Seq);
