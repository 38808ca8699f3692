using OutbackUptime.Domain.Boots;

namespace OutbackUptime.Domain.Tests.Boots;

/// <summary>
/// A hub of whose packets the truth is known: it counts within some width, restarts at 0, leaps (packets that its own memory
/// dropped), and its radio reorders neighbours and delivers the last few again.
/// </summary>
internal sealed class SimulatedHub(Random random, int bits, bool sendsBoot)
{
    /// <summary>How far back the radio delivers again or late: an MQTT client's packets in flight.</summary>
    public const int InFlight = 16;

    private readonly ulong _modulus = 1UL << bits;
    private readonly Queue<SimulatedPacket> _inFlight = new();
    private ulong _next = random.Next(3) == 0 ? 0 : (1UL << bits) - (ulong)random.Next(400);
    private long _boot = 3;
    private ulong _made;

    /// <summary>What arrives next; <c>Again</c> where it has arrived before.</summary>
    public IEnumerable<(SimulatedPacket Packet, bool Again)> Deliver(int count)
    {
        var arrived = new HashSet<ulong>();
        List<SimulatedPacket> late = [];
        for (var i = 0; i < count; i++)
        {
            var packet = Measure();
            if (random.Next(8) == 0)
            {
                late.Add(packet); // overtaken by the next ones
            }
            else
            {
                yield return (packet, !arrived.Add(packet.Id));
            }

            while (late.Count > 0 && (late.Count == 4 || random.Next(3) == 0))
            {
                var overtaken = late[0];
                late.RemoveAt(0);
                yield return (overtaken, !arrived.Add(overtaken.Id));
            }

            if (random.Next(6) == 0)
            {
                // The connection broke: those in flight come again, in order.
                foreach (var again in _inFlight.Where(p => !late.Contains(p)).Skip(random.Next(InFlight)).ToList())
                {
                    yield return (again, !arrived.Add(again.Id));
                }
            }

            if (random.Next(40) == 0 && late.Count == 0)
            {
                Restart();
            }
        }
    }

    private SimulatedPacket Measure()
    {
        // Whole rings: a leap to the slot of a packet in flight would leave the window in which redeliveries are known.
        var leap = random.Next(25) == 0 ? (ulong)random.NextInt64((long)(_modulus / 2 / HubBoots.Capacity) - 4) * HubBoots.Capacity : 0;
        _next = (_next + leap) % _modulus;
        var packet = new SimulatedPacket(++_made, (long)_next, sendsBoot ? _boot : null);
        _next = (_next + 1) % _modulus;
        _inFlight.Enqueue(packet);
        while (_inFlight.Count > InFlight)
        {
            _inFlight.Dequeue();
        }

        return packet;
    }

    private void Restart()
    {
        _boot++;
        _next = 0;
        _inFlight.Clear(); // kept in memory only
    }
}
