namespace OutbackUptime.Domain.Boots;

/// <summary>The boot that a gateway last assigned to a hub which sends none.</summary>
/// <param name="Boot">The boot; 0 before the first. It stays the floor of the next one.</param>
/// <param name="Highest">The highest seq kept under it, or -1.</param>
/// <param name="Open">Whether more packets may join it. Closed when the ring no longer knows all of its last seqs.</param>
public readonly record struct AssignedBoot(long Boot, long Highest, bool Open)
{
    /// <summary>Nothing assigned yet.</summary>
    public static AssignedBoot None => new(0, -1, false);
}
