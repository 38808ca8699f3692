using Microsoft.Extensions.Options;
using Orleans.Runtime;
using OutbackUptime.ClickHouse;
using OutbackUptime.Grains.Stations;
using OutbackUptime.Silo.GiveBack;
using OutbackUptime.Silo.Hosting;
using OutbackUptime.Silo.Ingest;
using OutbackUptime.Silo.Placement;

namespace OutbackUptime.Silo.Admin;

/// <summary>Gathers the status; asks nothing of other machines.</summary>
internal sealed class SiloStatusReader(
    IOptions<SiloHostOptions> options,
    IClusterMembershipService membership,
    ILocalSiloDetails local,
    IStoreStatusSource stores,
    StationActivations activations,
    GatewayConnections gateways,
    GiveBackService giveBack,
    DrainState drain)
{
    /// <summary>Whether this silo is an active member.</summary>
    public bool IsActive => membership.CurrentSnapshot.GetSiloStatus(local.SiloAddress) == SiloStatus.Active;

    /// <summary>Whether gateways may come: active, not draining, and at least one store can be written.</summary>
    public bool IsReady => IsActive && !drain.IsDraining && stores.Current.Any(s => s.Available);

    public SiloStatusPage Read() => new(
        options.Value.Name,
        options.Value.Region,
        options.Value.EffectiveClusterId,
        IsActive,
        drain.IsDraining,
        [.. membership.CurrentSnapshot.Members.Values
            .Where(m => m.Status != SiloStatus.Dead)
            .Select(m => new MemberStatus(m.Name, SiloNameRegionMap.OfName(m.Name), m.Status.ToString()))
            .OrderBy(m => m.Name, StringComparer.Ordinal)],
        stores.Current,
        [.. activations.Snapshot().Select(a => new StationStatus(a.Station, a.HomeRegion, a.ActivatedAt, a.Packets, a.Duplicates)).OrderBy(s => s.Id, StringComparer.Ordinal)],
        [.. gateways.Snapshot().Select(g => new GatewayStatus(g.Station, g.Since)).OrderBy(g => g.Station, StringComparer.Ordinal)],
        activations.Takeovers,
        giveBack.GivenBack);
}
