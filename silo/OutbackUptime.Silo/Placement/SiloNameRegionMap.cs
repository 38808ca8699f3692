using Orleans.Runtime;

namespace OutbackUptime.Silo.Placement;

/// <summary>
/// Region is the prefix of the silo's name (`syd-…`). The name comes with the membership row itself, so there is no moment
/// in which a silo is known and its region is not.
/// </summary>
internal sealed class SiloNameRegionMap(IClusterMembershipService membership) : IRegionMap
{
    /// <inheritdoc/>
    public string? RegionOf(SiloAddress silo) =>
        membership.CurrentSnapshot.Members.TryGetValue(silo, out var member) ? OfName(member.Name) : null;

    /// <summary>`syd-1` is in `syd`.</summary>
    public static string OfName(string siloName) => siloName.Split('-', 2)[0];
}
