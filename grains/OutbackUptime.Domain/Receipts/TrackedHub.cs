namespace OutbackUptime.Domain.Receipts;

/// <summary>What the tracker knows of one hub that asked.</summary>
internal sealed class TrackedHub(string name, long blindThrough)
{
    public string Name { get; } = name;

    /// <summary>Nothing is known of its entries up to this offset; until they are all gone from the journal nothing is claimed.</summary>
    public long BlindThrough { get; set; } = blindThrough;

    /// <summary>The one last heard of is the last.</summary>
    public List<TrackedBoot> Boots { get; } = [];

    public int OpenCount => Boots.Sum(b => b.Open.Count);
}
