using OutbackUptime.Domain.Alerts.Water;

namespace OutbackUptime.Domain.Tests.Alerts;

public sealed class SlotRingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(312)]
    public void Ring_OfWhateverComes_SaysWhatOneWithAllItsRoomWould(int capacity)
    {
        for (var seed = 1; seed <= 50; seed++)
        {
            var random = new Random(seed);
            var ring = new SlotRing(capacity);
            var all = new Dictionary<long, (long Slot, int At, float Last, float Least, float Greatest)>();
            var frontier = random.NextInt64(-1000, 6_000_000);
            for (var i = 0; i < 400; i++)
            {
                frontier += random.Next(3);
                var slot = frontier + random.Next(-2 * capacity, 3);
                var (at, value) = (random.Next(5), random.Next(-9, 9));
                var place = ((slot % capacity) + capacity) % capacity;
                var there = all.TryGetValue(place, out var held);
                var taken = !there || held.Slot <= slot;

                Assert.True(taken == ring.Add(slot, at, value), $"seed {seed}, {i}: slot {slot}");

                if (taken && (!there || held.Slot < slot))
                {
                    all[place] = (slot, at, value, value, value);
                }
                else if (taken)
                {
                    var isLast = at > held.At || (at == held.At && value > held.Last);
                    all[place] = (slot, isLast ? at : held.At, isLast ? value : held.Last, Math.Min(held.Least, value), Math.Max(held.Greatest, value));
                }

                var asked = frontier + random.Next(-2 * capacity, 3);
                var (last, least, greatest) = all.TryGetValue(((asked % capacity) + capacity) % capacity, out var cell) && cell.Slot == asked
                    ? (cell.Last, cell.Least, cell.Greatest)
                    : (float.NaN, float.NaN, float.NaN);
                Assert.Equal((last, least, greatest), (ring.Last(asked), ring.Least(asked), ring.Greatest(asked)));
            }
        }
    }

    [Fact]
    public void Room_OfAHubThatSpokeOnce_IsSmall_AndOfOneThatSpeaksAllDay_AllThereIs()
    {
        var ring = new SlotRing(312);
        ring.Add(5_000_000, 0, 1);
        Assert.Equal(2, ring.Room);

        for (var slot = 5_000_000; slot < 5_000_400; slot++)
        {
            ring.Add(slot, 0, 1);
        }

        Assert.Equal(312, ring.Room);
        Assert.Equal((float.NaN, 1f), (ring.Last(5_000_087), ring.Last(5_000_088)));
    }
}
