using CsCheck;
using OutbackUptime.Domain.Dedupe;

namespace OutbackUptime.Domain.Tests.Dedupe;

public sealed class RegionDedupeTests
{
    private readonly RegionDedupe _dedupe = new(new DedupeLimits(WindowCapacity: 16, BootsPerHub: 2, Hubs: 3));

    [Fact]
    public void Plan_WhenCommitted_KnowsDuplicateAndConflict()
    {
        _dedupe.Complete(_dedupe.Plan([Entry(1)]).WriteId, committed: true);
        Assert.Equal([DedupeVerdict.Committed, DedupeVerdict.Conflict], _dedupe.Plan([Entry(1), Entry(1, hash: 2)]).Verdicts);
    }

    [Fact]
    public void Plan_WhenWriteFailed_WritesAgain()
    {
        _dedupe.Complete(_dedupe.Plan([Entry(1)]).WriteId, committed: false);
        Assert.Equal([DedupeVerdict.Write], _dedupe.Plan([Entry(1)]).Verdicts);
    }

    [Fact]
    public void Plan_WhenInFlight_WaitsForThatWrite()
    {
        var first = _dedupe.Plan([Entry(1)]);
        var second = _dedupe.Plan([Entry(1), Entry(2), Entry(1, hash: 2)]);
        Assert.Equal([DedupeVerdict.InFlight, DedupeVerdict.Write, DedupeVerdict.Conflict], second.Verdicts);
        Assert.Equal([first.WriteId], second.WaitsFor);
    }

    [Fact]
    public void Plan_WhenDoubledWithinAFrame_WritesOnceAndWaitsForNoOther()
    {
        var plan = _dedupe.Plan([Entry(1), Entry(1)]);
        Assert.Equal([DedupeVerdict.Write, DedupeVerdict.InFlight], plan.Verdicts);
        Assert.Empty(plan.WaitsFor);
    }

    [Fact]
    public void Plan_WhenBelowWindow_WritesAgain()
    {
        _dedupe.Recover([Entry(1), Entry(100)]);
        Assert.Equal([DedupeVerdict.Write], _dedupe.Plan([Entry(1)]).Verdicts);
    }

    [Fact]
    public void Recover_WhenMoreHubsThanTheLimit_ForgetsTheLeastRecentlyHeard()
    {
        _dedupe.Recover(Enumerable.Range(0, 10).Select(i => new DedupeEntry(new PacketKey($"hub-{i}", 0, 1), 1)));
        Assert.Equal(3, _dedupe.HubCount);
    }

    [Fact]
    public void Record_WhenAHubIsAtRest_KeepsOnlyItsLastPackets()
    {
        var dedupe = new RegionDedupe(new DedupeLimits(WindowCapacity: 64, BootsPerHub: 2, Hubs: 3, RestsAfter: 100, RestingWindow: 4));
        dedupe.Recover(Enumerable.Range(0, 40).Select(i => Entry(i)));

        dedupe.Recover(Enumerable.Range(0, 160).Select(i => new DedupeEntry(new PacketKey("hub-2", 0, i), 1)));

        Assert.Equal([DedupeVerdict.Write, DedupeVerdict.Committed, DedupeVerdict.Conflict], dedupe.Plan([Entry(35), Entry(36), Entry(39, hash: 2)]).Verdicts);
        Assert.Equal([DedupeVerdict.Committed], dedupe.Plan([new DedupeEntry(new PacketKey("hub-2", 0, 100), 1)]).Verdicts);
    }

    [Fact]
    public void Complete_WhenTwice_Throws()
    {
        var plan = _dedupe.Plan([Entry(1)]);
        _dedupe.Complete(plan.WriteId, committed: true);
        Assert.Throws<InvalidOperationException>(() => _dedupe.Complete(plan.WriteId, committed: true));
    }

    // I4: "committed" is only ever said of what a store has; and no key is in two writes at once.
    [Fact]
    public void Plan_WhenAnySchedule_NeverClaimsMoreThanTheStoreHolds() =>
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 40], Gen.ULong[1, 2], Gen.Bool).Array[1, 200].Sample(steps =>
        {
            var dedupe = new RegionDedupe(new DedupeLimits(16, 2, 3));
            HashSet<(PacketKey, ulong)> store = [];
            Queue<(DedupePlan Plan, DedupeEntry Entry)> underWay = new();
            foreach (var (action, seq, hash, committed) in steps)
            {
                if (action > 0 || underWay.Count == 0)
                {
                    var entry = new DedupeEntry(new PacketKey("bore-01", 1, seq), hash);
                    var plan = dedupe.Plan([entry]);
                    if (plan.Verdicts[0] == DedupeVerdict.Committed && !store.Contains((entry.Key, hash)))
                    {
                        return false;
                    }

                    if (plan.Verdicts[0] == DedupeVerdict.Write && underWay.Any(w => w.Plan.Verdicts[0] == DedupeVerdict.Write && w.Entry.Key == entry.Key))
                    {
                        return false;
                    }

                    underWay.Enqueue((plan, entry));
                }
                else
                {
                    var (plan, entry) = underWay.Dequeue();
                    dedupe.Complete(plan.WriteId, committed);
                    if (committed && plan.Verdicts[0] == DedupeVerdict.Write)
                    {
                        store.Add((entry.Key, entry.Hash));
                    }
                }
            }

            return dedupe.InFlightCount <= underWay.Count;
        });

    private static DedupeEntry Entry(long seq, ulong hash = 1) => new(new PacketKey("bore-01", 1, seq), hash);
}
