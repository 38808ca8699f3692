namespace OutbackUptime.Domain.Boots;

/// <summary>
/// One hub's recent packets, and what they say about the boot of the next one. A ring of <see cref="Capacity"/> slots,
/// the slot of a seq is seq mod capacity. Decisions change nothing; <see cref="Apply"/> does.
/// </summary>
/// <remarks>
/// No two payloads get one key: under an assigned boot, every kept seq above highest - capacity is in the ring (else the
/// boot is closed), and a seq further behind starts a new boot. A hub's own boots are guarded as far as the ring reaches.
/// </remarks>
public sealed class HubBoots
{
    /// <summary>Slots of the ring.</summary>
    public const int Capacity = 256;

    private readonly RecentPacket?[] _ring = new RecentPacket?[Capacity];

    /// <summary>A hub never seen before.</summary>
    public HubBoots()
    {
    }

    /// <summary>A hub as it was left.</summary>
    public HubBoots(AssignedBoot assigned, IEnumerable<RecentPacket> recent)
    {
        ArgumentNullException.ThrowIfNull(recent);
        Assigned = assigned;
        foreach (var packet in recent)
        {
            _ring[Slot(packet.Seq)] = packet;
        }
    }

    /// <summary>The boot last assigned to this hub.</summary>
    public AssignedBoot Assigned { get; private set; } = AssignedBoot.None;

    /// <summary>How many packets of <see cref="Assigned"/> the ring holds. Kept beside it, it shows whether a ring that was read is whole.</summary>
    public int Members => _ring.Count(packet => packet?.Boot == Assigned.Boot);

    /// <summary>The slot of a seq.</summary>
    public static int Slot(long seq) => (int)(seq % Capacity);

    /// <summary>Judges a packet. Changes nothing.</summary>
    /// <param name="seq">Its number, at least 0.</param>
    /// <param name="sentBoot">The boot that the hub sent, if any.</param>
    /// <param name="hash">Its payload's hash.</param>
    /// <param name="now">For the number of a new boot.</param>
    /// <param name="random">For the number of a new boot.</param>
    public BootDecision Decide(long seq, long? sentBoot, ulong hash, DateTimeOffset now, Random random)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(seq);
        var known = _ring[Slot(seq)] is { } slot && slot.Seq == seq ? slot : (RecentPacket?)null;
        if (sentBoot is { } boot)
        {
            var outcome = known?.Boot != boot ? BootOutcome.Accept
                : known.Value.Hash == hash ? BootOutcome.Duplicate
                : BootOutcome.Conflict;
            return new BootDecision(outcome, boot, Assigned: false);
        }

        if (known is { } redelivered && redelivered.Hash == hash)
        {
            return new BootDecision(BootOutcome.Duplicate, redelivered.Boot, Assigned: true);
        }

        var isNewBoot = !Assigned.Open || seq <= Assigned.Highest - Capacity || known?.Boot == Assigned.Boot;
        return new BootDecision(
            BootOutcome.Accept,
            isNewBoot ? BootNumbers.Next(Assigned.Boot, now, random) : Assigned.Boot,
            Assigned: true);
    }

    /// <summary>Remembers a packet that was accepted.</summary>
    public void Apply(in BootDecision decision, long seq, ulong hash)
    {
        if (decision.Outcome != BootOutcome.Accept)
        {
            return;
        }

        var slot = Slot(seq);
        if (decision.Assigned)
        {
            var highest = decision.Boot == Assigned.Boot ? Math.Max(Assigned.Highest, seq) : seq;
            Assigned = new AssignedBoot(decision.Boot, highest, Open: true);
        }
        else if (Assigned.Open && _ring[slot]?.Boot == Assigned.Boot)
        {
            // The ring forgets a packet of the open boot: nothing could tell a redelivery from a conflict there any more.
            Assigned = Assigned with { Open = false };
        }

        _ring[slot] = new RecentPacket(decision.Boot, seq, hash);
    }
}
