using Orleans.Runtime;
using OutbackUptime.Grains.Stations;
using OutbackUptime.Silo.Placement;

namespace OutbackUptime.Silo.Api.Regions;

/// <summary>Which region serves each station, and the moves between them that were seen.</summary>
internal sealed class Owners(IGrainFactory grains, IClusterMembershipService membership, IStationRegistrySource registry, TimeProvider time)
{
    private const int MaxMoves = 200;
    private static readonly TimeSpan s_askLimit = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan s_tailFresh = TimeSpan.FromSeconds(4);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (string Region, string? Silo)> _owners = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Region, DateTimeOffset At)> _tails = new(StringComparer.Ordinal);
    private readonly LinkedList<StationMove> _moves = new();

    /// <summary>The owners as last seen.</summary>
    public IReadOnlyDictionary<string, (string Region, string? Silo)> Current
    {
        get
        {
            lock (_lock)
            {
                return new Dictionary<string, (string, string?)>(_owners, StringComparer.Ordinal);
            }
        }
    }

    /// <summary>The newest moves, newest first.</summary>
    public IReadOnlyList<StationMove> Moves
    {
        get
        {
            lock (_lock)
            {
                return [.. _moves];
            }
        }
    }

    /// <summary>A station's tail says who serves it: the quickest witness.</summary>
    public void OnTail(string station, string region)
    {
        lock (_lock)
        {
            _tails[station] = (region, time.GetUtcNow());
            Set(station, region, _owners.TryGetValue(station, out var known) && known.Region == region ? known.Silo : null);
        }
    }

    /// <summary>Asks the cluster's silos what is active on them. A silo that does not answer in time leaves what was known.</summary>
    public async Task RefreshAsync()
    {
        SimpleActivation[] active;
        try
        {
            var statistics = await grains.GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics().WaitAsync(s_askLimit, time).ConfigureAwait(false);
            active = [.. statistics.Where(s => s.GrainId.Type.ToString() == "station").Select(s => new SimpleActivation(s.GrainId.Key.ToString()!, s.SiloAddress))];
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            return;
        }

        var members = membership.CurrentSnapshot.Members;
        lock (_lock)
        {
            var now = time.GetUtcNow();
            foreach (var activation in active)
            {
                if (members.TryGetValue(activation.Silo, out var member) && member.Status == SiloStatus.Active)
                {
                    var region = SiloNameRegionMap.OfName(member.Name);
                    if (!_tails.TryGetValue(activation.Station, out var tail) || tail.Region == region || now - tail.At > s_tailFresh)
                    {
                        Set(activation.Station, region, member.Name);
                    }
                }
            }
        }
    }

    private void Set(string station, string region, string? silo)
    {
        var known = _owners.TryGetValue(station, out var before);
        _owners[station] = (region, silo);
        if (known ? before.Region == region : !IsAway(station, region))
        {
            return;
        }

        _moves.AddFirst(new StationMove(time.GetUtcNow(), station, known ? before.Region : null, region, IsAway(station, region)));
        if (_moves.Count > MaxMoves)
        {
            _moves.RemoveLast();
        }
    }

    private bool IsAway(string station, string region) => registry.Current.TryGet(station, out var found) && found.HomeRegion != region;

    private readonly record struct SimpleActivation(string Station, SiloAddress Silo);
}
