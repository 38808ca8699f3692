using CsCheck;
using OutbackUptime.Domain.Boots;

namespace OutbackUptime.Domain.Tests.Boots;

public sealed class HubBootsProperties
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 1, 2, 3, TimeSpan.Zero);

    // Seqs that meet often in the ring's slots, and boots that hubs send now and then.
    private static readonly Gen<(long Seq, long? Boot, ulong Hash, int Ms)[]> Packets = Gen.Select(
        Gen.OneOf(Gen.Long[0, 6], Gen.Long[254, 260], Gen.Long[510, 516]),
        Gen.Frequency((4, Gen.Const((long?)null)), (1, Gen.Long[0, 2].Select(b => (long?)b))),
        Gen.ULong[0, 4],
        Gen.Int[-50, 50]).Array[1, 120];

    [Fact]
    public void AssignedKeys_WhateverComes_NeverHoldTwoPayloads() =>
        Gen.Select(Packets, Gen.Int).Sample((packets, seed) =>
        {
            var hub = new HubBoots();
            var random = new Random(seed);
            var now = Start;
            var kept = new Dictionary<(long Boot, long Seq), ulong>();
            foreach (var (seq, boot, hash, ms) in packets)
            {
                now += TimeSpan.FromMilliseconds(ms); // the gateway's clock may step back
                var decision = hub.Decide(seq, boot, hash, now, random);
                hub.Apply(decision, seq, hash);
                if (decision is { Outcome: BootOutcome.Accept, Assigned: true })
                {
                    Assert.True(kept.TryAdd((decision.Boot, seq), hash), $"key ({decision.Boot}, {seq}) was given twice");
                }
            }
        });

    [Fact]
    public void HubKeys_WithinTheRing_NeverHoldTwoPayloads() =>
        Gen.Select(Gen.Long[0, HubBoots.Capacity - 1], Gen.ULong[0, 3]).Array[1, 200].Sample(packets =>
        {
            var hub = new HubBoots();
            var kept = new Dictionary<long, ulong>();
            foreach (var (seq, hash) in packets)
            {
                var decision = hub.Decide(seq, 9, hash, Start, new Random(1));
                hub.Apply(decision, seq, hash);
                var expected = !kept.TryGetValue(seq, out var known) ? BootOutcome.Accept
                    : known == hash ? BootOutcome.Duplicate
                    : BootOutcome.Conflict;
                Assert.Equal(expected, decision.Outcome);
                kept.TryAdd(seq, hash);
            }
        });

    [Fact]
    public void Redelivery_WhileTheRingRemembers_NeverGetsASecondKey() =>
        Gen.Select(Packets, Gen.Int).Sample((packets, seed) =>
        {
            var hub = new HubBoots();
            var random = new Random(seed);
            var ring = new Dictionary<int, (long Seq, long? Boot, ulong Hash, long Key)>();
            foreach (var (seq, boot, hash, _) in packets)
            {
                var decision = hub.Decide(seq, boot, hash, Start, random);
                hub.Apply(decision, seq, hash);
                if (decision.Outcome == BootOutcome.Accept)
                {
                    ring[HubBoots.Slot(seq)] = (seq, boot, hash, decision.Boot);
                }

                foreach (var known in ring.Values)
                {
                    var again = hub.Decide(known.Seq, known.Boot, known.Hash, Start, random);
                    Assert.Equal((BootOutcome.Duplicate, known.Key), (again.Outcome, again.Boot));
                }
            }
        });

    [Fact]
    public void Restored_FromItsTables_DecidesAlike() =>
        Gen.Select(Packets, Gen.Int).Sample((packets, seed) =>
        {
            var hub = new HubBoots();
            var ring = new Dictionary<int, RecentPacket>();
            foreach (var (seq, boot, hash, _) in packets)
            {
                var restored = new HubBoots(hub.Assigned, ring.Values);
                var decision = hub.Decide(seq, boot, hash, Start, new Random(seed));
                Assert.Equal(decision, restored.Decide(seq, boot, hash, Start, new Random(seed)));
                hub.Apply(decision, seq, hash);
                if (decision.Outcome == BootOutcome.Accept)
                {
                    ring[HubBoots.Slot(seq)] = new RecentPacket(decision.Boot, seq, hash);
                }
            }
        });
}
