using OutbackUptime.Domain.Packets;

namespace OutbackUptime.Domain.Boots;

/// <summary>
/// One hub's recent packets, and what they say about the boot of the next one. A ring of <see cref="Capacity"/> slots,
/// the slot of a seq is seq mod capacity. Decisions change nothing; <see cref="Apply"/> does.
/// </summary>
/// <remarks>
/// No two payloads get one key: under an assigned boot, every kept seq above highest - capacity is in the ring (else the
/// boot is closed), and a seq further behind starts a new boot. A hub's own boots are guarded as far as the ring reaches,
/// and against a counter that wraps within one (docs/decisions/0014).
/// </remarks>
public sealed class HubBoots
{
    /// <summary>Slots of the ring.</summary>
    public const int Capacity = 256;

    /// <summary>In place of a <see cref="Wrapped"/> boot: one may have been, and damage has taken which. The next boot that the hub claims is taken for it.</summary>
    public const long UnknownWrap = -1;

    // Not of nullable ones, which take a third more memory: a gateway keeps many rings.
    private static readonly RecentPacket s_none = new(long.MinValue, -1, 0);
    private readonly RecentPacket[] _ring = new RecentPacket[Capacity];

    // Asked for each packet: counted, not looked for. The highest seq is that of one boot, -1 where it must be looked for.
    private int _members = -1;
    private (long Boot, long Seq) _highest = (0, -1);

    /// <summary>A hub never seen before.</summary>
    public HubBoots()
        : this(AssignedBoot.None, [])
    {
    }

    /// <summary>A hub as it was left.</summary>
    public HubBoots(AssignedBoot assigned, IEnumerable<RecentPacket> recent, long? wrapped = null)
    {
        ArgumentNullException.ThrowIfNull(recent);
        (Assigned, Wrapped) = (assigned, wrapped);
        Array.Fill(_ring, s_none);
        foreach (var packet in recent)
        {
            _ring[Slot(packet.Seq)] = packet;
        }
    }

    /// <summary>The boot last assigned to this hub.</summary>
    public AssignedBoot Assigned { get; private set; } = AssignedBoot.None;

    /// <summary>The hub's own boot, last seen, under which its seq has wrapped: packets that claim it get assigned ones.</summary>
    public long? Wrapped { get; private set; }

    /// <summary>How many packets of <see cref="Assigned"/> the ring holds. Kept beside it, it shows whether a ring that was read is whole.</summary>
    public int Members => _members >= 0 ? _members : _members = _ring.Count(packet => packet.Boot == Assigned.Boot);

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
        var slot = _ring[Slot(seq)];
        var known = slot.Seq == seq ? slot : (RecentPacket?)null;
        var wraps = sentBoot is { } mine && mine != Wrapped && (Wrapped == UnknownWrap || HasWrapped(mine, seq));
        if (sentBoot is { } boot && boot != Wrapped && !wraps)
        {
            var outcome = known?.Boot != boot ? BootOutcome.Accept
                : known.Value.Hash == hash ? BootOutcome.Duplicate
                : BootOutcome.Conflict;
            return new BootDecision(outcome, boot, Assigned: false);
        }

        if (known is { } redelivered && redelivered.Hash == hash)
        {
            return new BootDecision(BootOutcome.Duplicate, redelivered.Boot, Assigned: redelivered.Boot > PacketParser.MaxHubBoot);
        }

        var isNewBoot = wraps || !Assigned.Open || seq <= Assigned.Highest - Capacity || known?.Boot == Assigned.Boot;
        return new BootDecision(
            BootOutcome.Accept,
            isNewBoot ? BootNumbers.Next(Assigned.Boot, now, random) : Assigned.Boot,
            Assigned: true,
            wraps ? sentBoot : null);
    }

    /// <summary>Judges a packet that the hub has not numbered, and numbers it. Changes nothing.</summary>
    public NumberedDecision Number(in UnnumberedPacket packet, DateTimeOffset now, Random random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(packet.Advance, 1);
        if (packet.MayRepeat && Find(packet.Identity) is { } known)
        {
            return new NumberedDecision(new BootDecision(BootOutcome.Duplicate, known.Boot, Assigned: true), known.Seq);
        }

        var isNewBoot = packet.StartsBoot || !Assigned.Open || Assigned.Highest > PacketParser.MaxSeq - packet.Advance;
        return isNewBoot
            ? new NumberedDecision(new BootDecision(BootOutcome.Accept, BootNumbers.Next(Assigned.Boot, now, random), Assigned: true), 0)
            : new NumberedDecision(new BootDecision(BootOutcome.Accept, Assigned.Boot, Assigned: true), Assigned.Highest + packet.Advance);
    }

    /// <summary>Remembers a packet that was accepted.</summary>
    public void Apply(in BootDecision decision, long seq, ulong hash)
    {
        if (decision.Outcome != BootOutcome.Accept)
        {
            return;
        }

        Wrapped = decision.Wrapped ?? Wrapped;
        var slot = Slot(seq);
        var assigned = Assigned.Boot;
        if (decision.Assigned)
        {
            var highest = decision.Boot == Assigned.Boot ? Math.Max(Assigned.Highest, seq) : seq;
            Assigned = new AssignedBoot(decision.Boot, highest, Open: true);
        }
        else if (Assigned.Open && _ring[slot].Boot == Assigned.Boot)
        {
            // The ring forgets a packet of the open boot: nothing could tell a redelivery from a conflict there any more.
            Assigned = Assigned with { Open = false };
        }

        Count(_ring[slot], decision.Boot, seq, assigned);
        _ring[slot] = new RecentPacket(decision.Boot, seq, hash);
    }

    private void Count(RecentPacket forgotten, long boot, long seq, long assignedBefore)
    {
        _members = assignedBefore != Assigned.Boot || _members < 0
            ? -1
            : _members - (forgotten.Boot == Assigned.Boot ? 1 : 0) + (boot == Assigned.Boot ? 1 : 0);
        if (forgotten.Boot == _highest.Boot && forgotten.Seq == _highest.Seq)
        {
            _highest = (0, -1);
        }

        if (_highest.Seq >= 0 && boot == _highest.Boot)
        {
            _highest.Seq = Math.Max(_highest.Seq, seq);
        }
    }

    /// <summary>
    /// Whether a seq under the hub's own boot has come round: it lies more than half the counter's range behind (RFC 1982
    /// section 3.2), and the highest one fits a counter of 16 or 32 bits. A packet that is merely that late is taken for a
    /// wrap too: that splits a boot, the other mistake would lose a packet.
    /// </summary>
    private bool HasWrapped(long boot, long seq)
    {
        var highest = HighestOf(boot);
        return highest <= ushort.MaxValue ? highest - seq > ushort.MaxValue / 2
            : highest <= uint.MaxValue && highest - seq > uint.MaxValue / 2;
    }

    private long HighestOf(long boot)
    {
        if (_highest.Seq >= 0 && _highest.Boot == boot)
        {
            return _highest.Seq;
        }

        var highest = -1L;
        foreach (var packet in _ring)
        {
            if (packet.Boot == boot)
            {
                highest = Math.Max(highest, packet.Seq);
            }
        }

        _highest = (boot, highest);
        return highest;
    }

    private RecentPacket? Find(ulong hash)
    {
        foreach (var packet in _ring)
        {
            if (packet.Seq >= 0 && packet.Hash == hash)
            {
                return packet;
            }
        }

        return null;
    }
}
